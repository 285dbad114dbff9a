import { useMemo } from "react";
import { type Box, placeSheet, type Space, sheetCaption, sheetPage } from "../../core/layout";
import type { CandidateRef } from "../../core/model";
import type { PreparedTask } from "../../core/prefetch";
import { useWords } from "../../ui/i18n";
import { useBench, useWork } from "./context";
import { FittingNote } from "./Fitting";
import { SourcePane } from "./FocusView";
import { LevelChips } from "./Levels";
import { candidateLayer, type Layer, Pane, sourceLayer } from "./Pane";
import { PixelSize } from "./PixelSize";
import { usePlacements } from "./usePlacements";

/** All pictures of the task at once, as large as they go, or a page of them. */
export function SheetView({ task, space }: { task: PreparedTask; space: Space }) {
  const { source, candidates } = task.assignment;
  const { cell } = useWork();
  const aspect = source.width / source.height;
  const size = sheetPage(candidates.length, aspect, space);
  const at = candidates.findIndex((candidate) => candidate.label === cell.label);
  const start = Math.floor(Math.max(0, at) / size) * size;
  const shown = candidates.slice(start, start + size);
  const isPaged = shown.length < candidates.length;
  const count = isPaged ? size + 1 : shown.length + 1;
  const [first, ...boxes] = placeSheet(count, aspect, space, isPaged);
  return (
    <>
      {first && <SourcePane task={task} box={first} captionHeight={sheetCaption} />}
      {shown.map((candidate, index) => {
        const box = boxes[index];
        return (
          box && <SheetPane key={candidate.label} task={task} candidate={candidate} box={box} />
        );
      })}
      {isPaged && <Pager candidates={candidates} start={start} size={size} />}
    </>
  );
}

interface PagerProps {
  readonly candidates: readonly CandidateRef[];
  readonly start: number;
  readonly size: number;
}

/** The pages of a contact sheet by the letters on them. */
function Pager({ candidates, start, size }: PagerProps) {
  const { session } = useBench();
  const words = useWords();
  const starts = candidates.map((_, index) => index).filter((index) => index % size === 0);
  return (
    <nav className="pager" aria-label={words.t("stage.pages")}>
      {starts.map((page) => {
        const labels = candidates.slice(page, page + size).map(({ label }) => label);
        const [first = ""] = labels;
        const last = labels.at(-1) ?? first;
        return (
          <button
            key={page}
            type="button"
            aria-current={page === start ? "page" : undefined}
            onClick={() => session.go({ label: first })}
          >
            {first === last ? first : words.t("stage.page", { first, last })}
          </button>
        );
      })}
    </nav>
  );
}

interface SheetPaneProps {
  readonly task: PreparedTask;
  readonly candidate: CandidateRef;
  readonly box: Box;
}

function SheetPane({ task, candidate, box }: SheetPaneProps) {
  const words = useWords();
  const { session } = useBench();
  const { cell, sourceHeld } = useWork();
  const isCurrent = candidate.label === cell.label;
  const isSource = isCurrent && sourceHeld;
  const placement = usePlacements(task)(candidate.label);
  const layers = useMemo<Layer[]>(() => {
    const own = candidateLayer(task, candidate, !isSource, placement);
    return isCurrent ? [own, sourceLayer(task, task.images.over, isSource)] : [own];
  }, [task, candidate, isCurrent, isSource, placement]);
  const label = words.t("work.candidate", { label: candidate.label });

  return (
    <Pane
      frame={task.assignment.source}
      box={box}
      captionHeight={sheetCaption}
      layers={layers}
      label={label}
      current={isCurrent}
      onPress={() => session.go({ label: candidate.label })}
      caption={
        <>
          <strong>{isSource ? words.t("work.sourceInPlace") : candidate.label}</strong>
          {!isSource && <PixelSize image={candidate} />}
          {!isSource && <FittingNote task={task} candidate={candidate} compact />}
          <LevelChips label={candidate.label} />
        </>
      }
    />
  );
}
