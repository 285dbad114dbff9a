import { useEffect, useRef } from "react";
import { isCovered, levelOf, ratingOf } from "../../core/answers";
import type { PreparedTask } from "../../core/prefetch";
import { useWords } from "../../ui/i18n";
import { useBench, useWork } from "./context";
import { focusCurrentTab, tabListId } from "./focus";
import { useSwipe } from "./useSwipe";

/** The candidates as tabs: a thumb, the letter, a dot for each dimension. */
export function Tabs({ task }: { task: PreparedTask }) {
  const { session } = useBench();
  const { cell, answers, panel } = useWork();
  const words = useWords();
  const list = useRef<HTMLDivElement>(null);
  const { candidates, id } = task.assignment;
  const { dimensions } = session.document;

  // biome-ignore lint/correctness/useExhaustiveDependencies: focus follows the task and the candidate
  useEffect(() => {
    const isBusy = document.activeElement?.matches("input, textarea") ?? false;
    if (!isBusy && panel === null) focusCurrentTab();
    list.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [id, cell.label, panel]);

  return (
    <div
      className={candidates.length > 5 ? "tabs small" : "tabs"}
      id={tabListId}
      role="tablist"
      aria-label={words.t("work.candidates")}
      ref={list}
      data-stage-keys
      data-action="candidate"
      {...useSwipe()}
    >
      {candidates.map(({ label }) => {
        const isCurrent = label === cell.label;
        const states = dimensions.map((dimension) => {
          const at = { label, dimension: dimension.key };
          const level = levelOf(answers, at);
          const state = isCovered(answers, at) ? "work.cannotJudged" : "work.notRated";
          const isUnsure = ratingOf(answers, at)?.unsure === true;
          const value = level === undefined ? words.t(state) : words.number(level);
          const said = isUnsure ? `${value} (${words.t("work.unsure")})` : value;
          return {
            key: dimension.key,
            name: words.text(dimension.name),
            said,
            isFilled: state === "work.cannotJudged" || level !== undefined,
            isUnsure,
          };
        });
        const spoken = states.map(({ name, said }) => `${name}: ${said}`).join(", ");
        return (
          <button
            key={label}
            type="button"
            role="tab"
            className="tab"
            aria-selected={isCurrent}
            aria-controls="levels"
            aria-label={`${words.t("work.candidate", { label })}. ${spoken}`}
            tabIndex={isCurrent ? 0 : -1}
            onClick={() => session.go({ label })}
          >
            <img src={task.images.thumbs.get(label)} alt="" decoding="sync" draggable={false} />
            <span className="tab-letter">{label}</span>
            <span className="dots" aria-hidden="true">
              {states.map(({ key, isFilled, isUnsure }) => (
                <i
                  key={key}
                  className={isFilled ? "dot filled" : "dot"}
                  data-unsure={isUnsure || undefined}
                />
              ))}
            </span>
          </button>
        );
      })}
    </div>
  );
}
