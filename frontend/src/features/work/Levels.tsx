import { type ReactNode, useRef, useState } from "react";
import { isCovered, levelOf, ratingOf } from "../../core/answers";
import type { Cell, Dimension, Level } from "../../core/model";
import { workAction } from "../../core/workActions";
import type { Translator } from "../../i18n/translator";
import { useWords } from "../../ui/i18n";
import { Caps } from "../../ui/Keys";
import { useBench, useWork } from "./context";
import { focusCurrentTab } from "./focus";
import { BreakNotice } from "./guide/BreakNotice";
import { useGuide } from "./guide/useGuide";
import { UnsureSign, UnsureSwitch } from "./marks/Unsure";
import { useUndoNotice } from "./UndoNotice";

interface RadiosProps {
  readonly cell: Cell;
  readonly dimension: Dimension;
  readonly className: string;
  readonly group: string;
  readonly onHover?: (level: Level | null) => void;
  readonly face: (level: Level, index: number) => ReactNode;
}

/** The levels of one cell as native radios; a pointer press rates and moves on, like a digit. */
function LevelRadios({ cell, dimension, className, group, onHover, face }: RadiosProps) {
  const { session } = useBench();
  const { answers, painted } = useWork();
  const words = useWords();
  const pressed = useRef(false);
  const value = levelOf(answers, cell);
  const choose = (level: Level) => {
    session.editor.rate(cell, level.value, pressed.current);
    if (pressed.current) focusCurrentTab();
    pressed.current = false;
  };

  return (
    <fieldset
      className={className}
      disabled={!painted}
      data-action="rate"
      onPointerDown={() => {
        pressed.current = true;
      }}
      onKeyDown={() => {
        pressed.current = false;
      }}
    >
      <legend className="visually-hidden">
        {words.t("work.levels", { dimension: words.text(dimension.name), label: cell.label })}
      </legend>
      {dimension.levels.map((level, index) => (
        <label
          key={level.value}
          onPointerEnter={() => onHover?.(level)}
          onPointerLeave={() => onHover?.(null)}
        >
          <input
            type="radio"
            name={`${group}-${cell.label}-${cell.dimension}`}
            checked={value === level.value}
            aria-label={levelName(words, level)}
            onChange={() => choose(level)}
          />
          {face(level, index)}
        </label>
      ))}
    </fieldset>
  );
}

function levelName(words: Translator, level: Level): string {
  const value = words.number(level.value);
  return words.t("work.levelName", { value, name: words.text(level.name) });
}

/** The levels of the current cell in the dock, with one line about them. */
export function LevelPanel() {
  const { session } = useBench();
  const { answers, cell } = useWork();
  const words = useWords();
  const [hovered, setHovered] = useState<Level | null>(null);
  const { dimension, labels } = session;
  if (!dimension) return null;
  const chosen = dimension.levels.find((level) => level.value === levelOf(answers, cell));
  const shown = hovered ?? chosen;
  const isUnsure = ratingOf(answers, cell)?.unsure === true;
  const dimensions = session.document.dimensions;
  const at = dimensions.indexOf(dimension) + 1;

  const position = [
    words.t("work.position", { at, of: dimensions.length }),
    words.t("work.cellPosition", {
      label: cell.label,
      first: labels[0] ?? "",
      last: labels.at(-1) ?? "",
    }),
  ].join(" · ");

  return (
    <div className="rating" id="levels" role="tabpanel" aria-label={words.text(dimension.name)}>
      <div className="rating-head">
        <h2 title={words.text(dimension.name)}>{words.text(dimension.name)}</h2>
        <p title={position}>{position}</p>
        <UnsureSwitch />
      </div>
      {isCovered(answers, cell) ? (
        <Covered />
      ) : (
        <LevelRadios
          cell={cell}
          dimension={dimension}
          group="dock"
          className={dimension.levels.length > 4 ? "levels many" : "levels"}
          onHover={setHovered}
          face={(level, index) => (
            <span className="level">
              <span className="level-number">
                {words.number(level.value)}
                {isUnsure && level === chosen && <UnsureSign />}
              </span>
              <span className="level-name">{words.text(level.name)}</span>
              <Bars filled={index + 1} of={dimension.levels.length} />
            </span>
          )}
        />
      )}
      <Line fallback={words.text(shown ? shown.text : dimension.question)} value={shown?.value} />
    </div>
  );
}

/** One line under the levels: a notice where there is one, else what the level means. */
function Line({ fallback, value }: { fallback: string; value: number | undefined }) {
  const { session } = useBench();
  const { amends, returned } = useWork();
  const words = useWords();
  const notice = useUndoNotice() ?? (returned ? words.t("work.imageFailed") : null);
  const { breakDue } = useGuide();
  const text = value === undefined ? fallback : `${words.number(value)}: ${fallback}`;
  const isComplete = session.missing.length === 0;
  if (breakDue && !notice && !amends && !isComplete) return <BreakNotice />;
  return (
    <div className="line">
      {!notice && !amends && <p title={text}>{text}</p>}
      <p className="notice" role="status">
        {notice ?? (amends ? words.t("work.reopened") : isComplete && <Complete />)}
      </p>
      {amends && !notice && (
        <button type="button" className="link" onClick={() => void session.leaveReopened()}>
          {words.t("work.leaveReopened")}
        </button>
      )}
    </div>
  );
}

/** Points to the key that hands a complete task over. */
function Complete() {
  const words = useWords();
  return (
    <>
      {words.t("keys.complete")} <Caps action={workAction("submit")} />
    </>
  );
}

/** The glyph of a level: as many bars as its place on the scale. */
function Bars({ filled, of }: { filled: number; of: number }) {
  const bars = Array.from({ length: of }, (_, index) => index);
  return (
    <svg
      className="bars"
      viewBox={`0 0 ${of * 5} 14`}
      width={of * 5}
      height="14"
      aria-hidden="true"
    >
      {bars.map((index) => {
        const height = 4 + (10 * (index + 1)) / of;
        const opacity = index < filled ? 1 : 0.28;
        return (
          <rect
            key={index}
            x={index * 5}
            y={14 - height}
            width="3"
            height={height}
            opacity={opacity}
          />
        );
      })}
    </svg>
  );
}

/** What stands in place of the levels when the candidate or the task cannot be judged. */
function Covered() {
  const { session } = useBench();
  const { answers, cell } = useWork();
  const words = useWords();
  const entry = answers.cannot_judge.find(
    (item) => item.label === undefined || item.label === cell.label,
  );
  if (!entry) return null;
  const choices = session.document.cannot_judge_reasons;
  const reason = words.text(choices.find((choice) => choice.key === entry.reason)?.text);
  return (
    <p className="covered">
      {entry.label === undefined
        ? words.t("work.cannotTaskTaken", { reason })
        : words.t("work.cannotTaken", { label: entry.label, reason })}{" "}
      <button type="button" className="link" onClick={() => session.editor.canJudge(entry.label)}>
        {words.t("work.judgeAfterAll")}
      </button>
    </p>
  );
}

/** The levels of one candidate on the current dimension, small, under its picture. */
export function LevelChips({ label }: { label: string }) {
  const { session } = useBench();
  const { answers } = useWork();
  const words = useWords();
  const { dimension } = session;
  if (!dimension) return null;
  const cell = { label, dimension: dimension.key };
  const rating = ratingOf(answers, cell);
  if (isCovered(answers, cell)) return <span>{words.t("work.cannotJudged")}</span>;
  return (
    <LevelRadios
      cell={cell}
      dimension={dimension}
      group="sheet"
      className={dimension.levels.length > 4 ? "chips many" : "chips"}
      face={(level) => (
        <span className="chip">
          {words.number(level.value)}
          {rating?.unsure && rating.value === level.value && <UnsureSign />}
        </span>
      )}
    />
  );
}
