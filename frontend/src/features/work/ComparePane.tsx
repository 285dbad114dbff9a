import { useMemo } from "react";
import { type Box, pairCaption } from "../../core/layout";
import type { PreparedTask } from "../../core/prefetch";
import { useWords } from "../../ui/i18n";
import { useWork } from "./context";
import { FittingNote } from "./Fitting";
import { RegionLayer } from "./marks/RegionLayer";
import { candidateLayer, type Layer, Pane, sourceLayer } from "./Pane";
import { usePlacements } from "./usePlacements";

/** The second pane of the focus view: the current candidate, or the source in its place. */
export function ComparePane({ task, box }: { task: PreparedTask; box: Box }) {
  const words = useWords();
  const { cell, sourceHeld, mode } = useWork();
  const { source, candidates } = task.assignment;
  const placements = usePlacements(task);
  const layers = useMemo<Layer[]>(() => {
    const edits = candidates.map((candidate) =>
      candidateLayer(
        task,
        candidate,
        !sourceHeld && candidate.label === cell.label,
        placements(candidate.label),
      ),
    );
    return [...edits, sourceLayer(task, task.images.over, sourceHeld)];
  }, [task, candidates, cell.label, sourceHeld, placements]);
  const current = candidates.find((candidate) => candidate.label === cell.label);
  const caption = (
    <>
      <strong>{sourceHeld ? words.t("work.sourceInPlace") : cell.label}</strong>
      {current && !sourceHeld && <FittingNote task={task} candidate={current} />}
    </>
  );
  const label = sourceHeld
    ? words.t("work.source")
    : words.t("work.candidate", { label: cell.label });

  return (
    <Pane
      frame={source}
      box={box}
      captionHeight={pairCaption}
      layers={layers}
      caption={caption}
      label={label}
      overlay={mode === "region" && <RegionLayer task={task} />}
    />
  );
}
