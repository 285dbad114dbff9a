import { type KeyboardEvent, useId } from "react";
import type { CandidateRef } from "../../core/model";
import {
  type Fitting,
  fillsFrame,
  fittings,
  type Placement,
  usualPlacement,
} from "../../core/placement";
import type { PreparedTask } from "../../core/prefetch";
import type { Point } from "../../core/viewport";
import { useWords } from "../../ui/i18n";
import { useBench } from "./context";
import { usePlacements } from "./usePlacements";

interface FittingProps {
  readonly task: PreparedTask;
  readonly candidate: CandidateRef;
}

const nudges = [
  { key: "ArrowLeft", arrow: "←", label: "stage.nudgeLeft", x: -1, y: 0 },
  { key: "ArrowUp", arrow: "↑", label: "stage.nudgeUp", x: 0, y: -1 },
  { key: "ArrowDown", arrow: "↓", label: "stage.nudgeDown", x: 0, y: 1 },
  { key: "ArrowRight", arrow: "→", label: "stage.nudgeRight", x: 1, y: 0 },
] as const;
const stride = 10;

/** Says that a candidate has another shape than the source, and how it is fitted; opens the choice. */
export function FittingNote({ task, candidate, compact }: FittingProps & { compact?: boolean }) {
  const words = useWords();
  const id = useId();
  const { source } = task.assignment;
  const chosen = usePlacements(task)(candidate.label);
  if (fillsFrame(candidate, source)) return null;
  const placement = chosen ?? usualPlacement(candidate, source);
  const isMoved = placement.x !== 0 || placement.y !== 0;
  const said = words.t(isMoved ? "stage.moved" : `stage.shape.${placement.fitting}`);
  return (
    <>
      <button
        type="button"
        className="fitting-note"
        popoverTarget={id}
        aria-label={said}
        title={said}
      >
        {compact ? <ShapeGlyph /> : said}
      </button>
      <div id={id} popover="auto" className="fitting">
        <FittingChoice task={task} candidate={candidate} placement={placement} />
      </div>
    </>
  );
}

function ShapeGlyph() {
  return (
    <svg viewBox="0 0 16 12" width="16" height="12" aria-hidden="true">
      <path d="M.5.5h15v11H.5zM4.5.5v11M11.5.5v11" fill="none" stroke="currentColor" />
    </svg>
  );
}

function FittingChoice({ task, candidate, placement }: FittingProps & { placement: Placement }) {
  const words = useWords();
  const { placements } = useBench().stage;
  const name = useId();
  const { id } = task.assignment;
  const set = (next: Placement) => placements.set(id, candidate.label, next);
  const choose = (fitting: Fitting) => set({ fitting, x: 0, y: 0 });
  const nudge = ({ x, y }: Point, times: number) =>
    set({ ...placement, x: placement.x + times * x, y: placement.y + times * y });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = nudges.find(({ key }) => key === event.key);
    if (!step) return;
    event.preventDefault();
    nudge(step, event.shiftKey ? stride : 1);
  };
  return (
    <>
      <div>
        <h2>{words.t("stage.fitting", { label: candidate.label })}</h2>
        <p>{words.t("stage.fittingHint")}</p>
      </div>
      <fieldset>
        <legend>{words.t("stage.fittingShape")}</legend>
        {fittings.map((fitting) => (
          <label key={fitting}>
            <input
              type="radio"
              name={name}
              checked={placement.fitting === fitting}
              onChange={() => choose(fitting)}
            />
            {words.t(`stage.fitting.${fitting}`)}
          </label>
        ))}
      </fieldset>
      <fieldset className="nudge" onKeyDown={onKeyDown}>
        <legend>{words.t("stage.nudge")}</legend>
        {nudges.map((step) => (
          <button
            key={step.key}
            type="button"
            aria-label={words.t(step.label)}
            onClick={() => nudge(step, 1)}
          >
            {step.arrow}
          </button>
        ))}
        <button
          type="button"
          onClick={() => set(usualPlacement(candidate, task.assignment.source))}
        >
          {words.t("stage.usual")}
        </button>
      </fieldset>
    </>
  );
}
