import { useMemo } from "react";
import type { Comparison } from "../../../core/model";
import type { PreparedTask } from "../../../core/prefetch";
import type { Size } from "../../../core/viewport";
import { useWords } from "../../../ui/i18n";
import { useWork } from "../context";
import { candidateLayer, type Layer, Pane, sourceLayer } from "../Pane";

interface TieViewProps {
  readonly task: PreparedTask;
  readonly size: Size;
  readonly question: Comparison;
}

/** The two candidates of a question side by side, the left one first; on a narrow stage above. */
export function TieView({ task, size, question }: TieViewProps) {
  const direction = size.width < 600 ? "column" : "row";
  const { source, over } = task.images;
  return (
    <div className="pair" style={{ flexDirection: direction }}>
      <SidePane task={task} label={question.left} source={source} />
      <SidePane task={task} label={question.right} source={over} />
    </div>
  );
}

interface SidePaneProps {
  readonly task: PreparedTask;
  readonly label: string;
  readonly source: HTMLImageElement;
}

function SidePane({ task, label, source }: SidePaneProps) {
  const words = useWords();
  const { sourceHeld } = useWork();
  const { candidates } = task.assignment;
  const layers = useMemo<Layer[]>(() => {
    const own = candidates.filter((candidate) => candidate.label === label);
    const edits = own.map((candidate) => candidateLayer(task, candidate, !sourceHeld));
    return [...edits, sourceLayer(task, source, sourceHeld)];
  }, [task, candidates, label, source, sourceHeld]);
  const name = sourceHeld ? words.t("work.source") : words.t("work.candidate", { label });
  const caption = sourceHeld ? words.t("work.sourceInPlace") : label;
  return (
    <Pane
      frame={task.assignment.source}
      layers={layers}
      caption={<strong>{caption}</strong>}
      label={name}
    />
  );
}
