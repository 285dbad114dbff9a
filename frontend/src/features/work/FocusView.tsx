import { useMemo } from "react";
import { type Box, pairCaption, placePair, type Space } from "../../core/layout";
import type { PreparedTask } from "../../core/prefetch";
import { useWords } from "../../ui/i18n";
import { ComparePane } from "./ComparePane";
import { candidateLayer, type Layer, Pane, sourceLayer } from "./Pane";
import { PixelSize } from "./PixelSize";
import { useCompare, useReference } from "./tools/useCompare";
import { usePlacements } from "./usePlacements";

/** The source and what it is compared with, side by side or stacked; on a narrow stage the latter alone. */
export function FocusView({ task, space }: { task: PreparedTask; space: Space }) {
  const { source } = task.assignment;
  const isBeside = useCompare().tool === "side";
  const pinned = useReference();
  const [first, second] = placePair(source.width / source.height, space, isBeside);
  if (!first) return null;
  return (
    <>
      {second &&
        (isBeside && pinned !== null ? (
          <PinnedPane task={task} box={first} label={pinned} />
        ) : (
          <SourcePane task={task} box={first} captionHeight={pairCaption} />
        ))}
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
      caption={
        <>
          <span>{name}</span>
          <PixelSize image={task.assignment.source} />
        </>
      }
      label={name}
    />
  );
}

/** The pinned candidate in the place of the source. */
function PinnedPane({ task, box, label }: { task: PreparedTask; box: Box; label: string }) {
  const words = useWords();
  const { source, candidates } = task.assignment;
  const placements = usePlacements(task);
  const layers = useMemo<Layer[]>(() => {
    const own = candidates.filter((candidate) => candidate.label === label);
    return own.map((candidate) => candidateLayer(task, candidate, true, placements(label)));
  }, [task, candidates, label, placements]);
  return (
    <Pane
      frame={source}
      box={box}
      captionHeight={pairCaption}
      layers={layers}
      caption={<strong>{words.t("compare.pinned", { label })}</strong>}
      label={words.t("work.candidate", { label })}
    />
  );
}
