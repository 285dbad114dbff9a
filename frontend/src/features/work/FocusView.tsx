import { useMemo } from "react";
import { type Box, pairCaption, placePair, type Space } from "../../core/layout";
import type { PreparedTask } from "../../core/prefetch";
import { useWords } from "../../ui/i18n";
import { ComparePane } from "./ComparePane";
import { type Layer, Pane, sourceLayer } from "./Pane";

/** The source and what it is compared with, side by side or stacked; on a narrow stage the latter alone. */
export function FocusView({ task, space }: { task: PreparedTask; space: Space }) {
  const { source } = task.assignment;
  const boxes = placePair(source.width / source.height, space);
  const [first, second] = boxes;
  if (!first) return null;
  return (
    <>
      {second && <SourcePane task={task} box={first} captionHeight={pairCaption} />}
      <ComparePane task={task} box={second ?? first} />
    </>
  );
}

/** The source in a pane of its own. */
export function SourcePane(props: { task: PreparedTask; box: Box; captionHeight: number }) {
  const words = useWords();
  const { task, box, captionHeight } = props;
  const layers = useMemo<Layer[]>(() => [sourceLayer(task, task.images.source, true)], [task]);
  const name = words.t("work.source");
  return (
    <Pane
      frame={task.assignment.source}
      box={box}
      captionHeight={captionHeight}
      layers={layers}
      caption={<span>{name}</span>}
      label={name}
    />
  );
}
