import { type CSSProperties, useMemo } from "react";
import type { CompareState } from "../../../core/compare/state";
import type { PreparedTask } from "../../../core/prefetch";
import { useBench, useWork } from "../context";
import { candidateLayer, type Layer, sourceLayer } from "../Pane";
import { usePlacements } from "../usePlacements";
import { AreaDrawing } from "./AreaDrawing";
import { MapFrame } from "./MapFrame";
import { SplitLine } from "./SplitLine";
import { TopFrame } from "./TopFrame";
import { useCompare, useReference } from "./useCompare";

/** Whether a tool lays the picture that is compared with over the focused candidate. */
export function laysOver({ tool }: CompareState): boolean {
  return tool === "blink" || tool === "slider" || tool === "difference";
}

/** What the tool in use lays over the pictures of the compare pane. */
export function ToolLayer({ task }: { task: PreparedTask }) {
  const compare = useCompare();
  const { sourceHeld } = useWork();
  const { tool, map, area } = compare;
  if (laysOver(compare)) return <Reference task={task} />;
  if (sourceHeld || (tool !== "map" && tool !== "outside")) return null;
  const needsArea = tool === "outside" && !task.assignment.edit_mask && !area;
  if (needsArea) return <AreaDrawing task={task} />;
  return map.status === "ready" ? <MapFrame task={task} {...map} /> : null;
}

/** The source or the pinned candidate, laid over as the tool has it; a held source covers all. */
function Reference({ task }: { task: PreparedTask }) {
  const compare = useCompare();
  const reference = useReference();
  const { sourceHeld } = useWork();
  const { compare: tools } = useBench().actions;
  const placements = usePlacements(task);
  const layers = useMemo<Layer[]>(() => {
    const candidate = task.assignment.candidates.find(({ label }) => label === reference);
    return candidate
      ? [candidateLayer(task, candidate, true, placements(candidate.label))]
      : [sourceLayer(task, task.images.over, true)];
  }, [task, reference, placements]);
  const isCovered = sourceHeld && reference !== null;
  const style = sourceHeld ? {} : styleOf(compare);
  return (
    <>
      <TopFrame
        frame={task.assignment.source}
        layers={layers}
        style={isCovered ? { visibility: "hidden" } : style}
      />
      {compare.tool === "slider" && !sourceHeld && (
        <SplitLine at={compare.split} onMove={(split) => tools.state.patch({ split })} />
      )}
    </>
  );
}

function styleOf({ tool, split, isAway }: CompareState): CSSProperties {
  if (tool === "slider") return { clipPath: `inset(0 ${100 - split * 100}% 0 0)` };
  if (tool === "difference") return { mixBlendMode: "difference" };
  return { display: isAway ? "block" : "none" };
}

/** How the pane draws its pictures under the tool in use. */
export function areaStyle({ tool, gain }: CompareState, sourceHeld: boolean): CSSProperties {
  return tool === "difference" && !sourceHeld ? { filter: `brightness(${gain})` } : {};
}
