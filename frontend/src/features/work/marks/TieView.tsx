import { useMemo } from "react";
import { type Box, pairCaption, placeTies, type Space } from "../../../core/layout";
import type { PreparedTask } from "../../../core/prefetch";
import { useWords } from "../../../ui/i18n";
import { useBench, useWork } from "../context";
import { candidateLayer, type Layer, Pane, sourceLayer } from "../Pane";
import { usePlacements } from "../usePlacements";

interface TieViewProps {
  readonly task: PreparedTask;
  readonly space: Space;
}

/** The two candidates of a question side by side, the left one first; on a narrow stage above. */
export function TieView({ task, space }: TieViewProps) {
  const { question } = useBench().session.tie;
  const [left, right] = placeTies(space);
  const { source, over } = task.images;
  if (!question || !left || !right) return null;
  return (
    <>
      <SidePane task={task} label={question.left} source={source} box={left} />
      <SidePane task={task} label={question.right} source={over} box={right} />
    </>
  );
}

interface SidePaneProps {
  readonly task: PreparedTask;
  readonly label: string;
  readonly source: HTMLImageElement;
  readonly box: Box;
}

function SidePane({ task, label, source, box }: SidePaneProps) {
  const words = useWords();
  const { sourceHeld } = useWork();
  const { candidates } = task.assignment;
  const placement = usePlacements(task)(label);
  const layers = useMemo<Layer[]>(() => {
    const own = candidates.filter((candidate) => candidate.label === label);
    const edits = own.map((candidate) => candidateLayer(task, candidate, !sourceHeld, placement));
    return [...edits, sourceLayer(task, source, sourceHeld)];
  }, [task, candidates, label, source, sourceHeld, placement]);
  const name = sourceHeld ? words.t("work.source") : words.t("work.candidate", { label });
  const caption = sourceHeld ? words.t("work.sourceInPlace") : label;
  return (
    <Pane
      frame={task.assignment.source}
      box={box}
      captionHeight={pairCaption}
      layers={layers}
      caption={<strong>{caption}</strong>}
      label={name}
    />
  );
}
