import { useMemo } from "react";
import { narrowStage, pairDirection } from "../../core/layout";
import type { PreparedTask } from "../../core/prefetch";
import type { Size } from "../../core/viewport";
import { useWords } from "../../ui/i18n";
import { ComparePane } from "./ComparePane";
import { type Layer, Pane, sourceLayer } from "./Pane";

const gutter = 8;
const focusCaption = 20;

/** The source and what it is compared with, side by side or stacked; on a narrow stage the latter alone. */
export function FocusView({ task, size }: { task: PreparedTask; size: Size }) {
  const { source } = task.assignment;
  const isNarrow = size.width < narrowStage;
  const aspect = source.width / source.height;
  const direction = pairDirection(aspect, size.width, size.height, gutter, focusCaption);

  return (
    <div className="pair" style={{ flexDirection: direction }}>
      {!isNarrow && <SourcePane task={task} />}
      <ComparePane task={task} />
    </div>
  );
}

function SourcePane({ task }: { task: PreparedTask }) {
  const words = useWords();
  const layers = useMemo<Layer[]>(() => [sourceLayer(task, task.images.source, true)], [task]);
  const name = words.t("work.source");
  return <Pane frame={task.assignment.source} layers={layers} caption={name} label={name} />;
}
