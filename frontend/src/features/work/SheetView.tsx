import { useMemo } from "react";
import { packSheet } from "../../core/layout";
import type { CandidateRef } from "../../core/model";
import type { PreparedTask } from "../../core/prefetch";
import type { Size } from "../../core/viewport";
import { useWords } from "../../ui/i18n";
import { useBench, useWork } from "./context";
import { LevelChips } from "./Levels";
import { candidateLayer, type Layer, Pane, sourceLayer } from "./Pane";

const gutter = 8;
const sheetCaption = 32;
const smallestPane = 280;
const pageSize = 7;

/** All pictures of the task at once, as large as they go. */
export function SheetView({ task, size }: { task: PreparedTask; size: Size }) {
  const words = useWords();
  const { source } = task.assignment;
  const { cell } = useWork();
  const margin = 16;
  const space = {
    width: size.width - 2 * margin,
    height: size.height - 2 * margin,
    gutter,
    caption: sheetCaption,
  };
  const shown = pageOf(
    task.assignment.candidates,
    cell.label,
    (count) => packSheet(count + 1, source.width / source.height, space).width >= smallestPane,
  );
  const layout = packSheet(shown.length + 1, source.width / source.height, space);
  const sourceLayers = useMemo<Layer[]>(
    () => [sourceLayer(task, task.images.source, true)],
    [task],
  );
  const columns = `repeat(${layout.columns}, ${Math.floor(layout.width)}px)`;
  const rows = `${Math.floor(layout.height) + sheetCaption}px`;

  return (
    <div
      className="sheet"
      style={{ gridTemplateColumns: columns, gridAutoRows: rows, gap: gutter }}
    >
      <Pane
        frame={source}
        layers={sourceLayers}
        caption={words.t("work.source")}
        label={words.t("work.source")}
      />
      {shown.map((candidate) => (
        <SheetPane key={candidate.label} task={task} candidate={candidate} />
      ))}
    </div>
  );
}

/** All candidates where they are large enough, else the page of seven that holds the current one. */
function pageOf(
  all: readonly CandidateRef[],
  label: string,
  isLargeEnough: (count: number) => boolean,
): readonly CandidateRef[] {
  if (all.length <= pageSize || isLargeEnough(all.length)) return all;
  const at = Math.max(
    0,
    all.findIndex((candidate) => candidate.label === label),
  );
  const start = Math.floor(at / pageSize) * pageSize;
  return all.slice(start, start + pageSize);
}

function SheetPane({ task, candidate }: { task: PreparedTask; candidate: CandidateRef }) {
  const words = useWords();
  const { session } = useBench();
  const { cell, sourceHeld } = useWork();
  const { source } = task.assignment;
  const isCurrent = candidate.label === cell.label;
  const isSource = isCurrent && sourceHeld;
  const layers = useMemo<Layer[]>(() => {
    const own = candidateLayer(task, candidate, !isSource);
    return isCurrent ? [own, sourceLayer(task, task.images.over, isSource)] : [own];
  }, [task, candidate, isCurrent, isSource]);
  const label = words.t("work.candidate", { label: candidate.label });

  return (
    <Pane
      frame={source}
      layers={layers}
      label={label}
      current={isCurrent}
      onPress={() => session.go({ label: candidate.label })}
      caption={
        <>
          <strong>{isSource ? words.t("work.sourceInPlace") : candidate.label}</strong>
          <LevelChips label={candidate.label} />
        </>
      }
    />
  );
}
