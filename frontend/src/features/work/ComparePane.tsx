import { useMemo } from "react";
import { type Box, pairCaption } from "../../core/layout";
import type { PreparedTask } from "../../core/prefetch";
import { useWords } from "../../ui/i18n";
import { useWork } from "./context";
import { FittingNote } from "./Fitting";
import { RegionLayer } from "./marks/RegionLayer";
import { candidateLayer, type Layer, Pane, sourceLayer } from "./Pane";
import { PixelSize } from "./PixelSize";
import { ToolCaption } from "./tools/ToolCaption";
import { areaStyle, laysOver, ToolLayer } from "./tools/ToolLayer";
import { useCompare, useReference } from "./tools/useCompare";
import { titleOf } from "./tools/words";
import { usePlacements } from "./usePlacements";

/** Below this width of the pane its caption has no room for whole sentences. */
const narrowCaption = 700;

/** The second pane of the focus view: the current candidate, as the tool in use shows it. */
export function ComparePane({ task, box }: { task: PreparedTask; box: Box }) {
  const words = useWords();
  const { cell, sourceHeld, mode } = useWork();
  const compare = useCompare();
  const reference = useReference();
  const { source, candidates } = task.assignment;
  const layers = useLayers(task);
  const current = candidates.find((candidate) => candidate.label === cell.label);
  const isPlain = compare.tool === "pair" || compare.tool === "side";
  const note = current && !sourceHeld && (
    <>
      <PixelSize image={current} />
      <FittingNote
        task={task}
        candidate={current}
        compact={!isPlain || box.width < narrowCaption}
      />
    </>
  );
  const name = isPlain
    ? words.t("work.candidate", { label: cell.label })
    : titleOf(words, compare, cell.label, reference);
  const isMarking = mode === "region";
  return (
    <Pane
      frame={source}
      box={box}
      captionHeight={pairCaption}
      layers={layers}
      caption={<ToolCaption task={task} note={note} />}
      label={sourceHeld ? words.t("work.source") : name}
      overlay={isMarking ? <RegionLayer task={task} /> : <ToolLayer task={task} />}
      areaStyle={isMarking ? {} : areaStyle(compare, sourceHeld)}
    />
  );
}

/** The candidates, and the source to hold in place; without the picture that lies over or beside them. */
function useLayers(task: PreparedTask): Layer[] {
  const { cell, sourceHeld, mode } = useWork();
  const compare = useCompare();
  const reference = useReference();
  const placements = usePlacements(task);
  const isOver = laysOver(compare) && mode !== "region";
  const isElsewhere = isOver || compare.tool === "side";
  const { candidates } = task.assignment;
  return useMemo<Layer[]>(() => {
    const edits = candidates
      .filter(({ label }) => !isElsewhere || label !== reference)
      .map((candidate) => {
        const isShown = !sourceHeld && candidate.label === cell.label;
        return candidateLayer(task, candidate, isShown, placements(candidate.label));
      });
    if (isOver && reference === null) return edits;
    return [...edits, sourceLayer(task, task.images.over, sourceHeld)];
  }, [task, candidates, cell.label, sourceHeld, placements, isOver, isElsewhere, reference]);
}
