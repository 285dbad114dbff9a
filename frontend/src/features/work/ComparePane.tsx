import { useMemo } from "react";
import type { PreparedTask } from "../../core/prefetch";
import { useWords } from "../../ui/i18n";
import { useWork } from "./context";
import { RegionLayer } from "./marks/RegionLayer";
import { candidateLayer, type Layer, Pane, sourceLayer } from "./Pane";

/** The second pane of the focus view: the current candidate, or the source in its place. */
export function ComparePane({ task }: { task: PreparedTask }) {
  const words = useWords();
  const { cell, sourceHeld, mode } = useWork();
  const { source, candidates } = task.assignment;
  const layers = useMemo<Layer[]>(() => {
    const edits = candidates.map((candidate) =>
      candidateLayer(task, candidate, !sourceHeld && candidate.label === cell.label),
    );
    return [...edits, sourceLayer(task, task.images.over, sourceHeld)];
  }, [task, candidates, cell.label, sourceHeld]);
  const caption = sourceHeld ? words.t("work.sourceInPlace") : cell.label;
  const label = sourceHeld
    ? words.t("work.source")
    : words.t("work.candidate", { label: cell.label });

  return (
    <Pane
      frame={source}
      layers={layers}
      caption={<strong>{caption}</strong>}
      label={label}
      overlay={mode === "region" && <RegionLayer task={task} />}
    />
  );
}
