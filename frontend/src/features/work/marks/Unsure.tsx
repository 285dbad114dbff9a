import { pressAction } from "../../../core/actions";
import { ratingOf } from "../../../core/answers";
import { workAction } from "../../../core/workActions";
import { useWords } from "../../../ui/i18n";
import { Caps } from "../../../ui/Keys";
import { useBench, useWork } from "../context";

/** Marks the level of the current cell as unsure, or as sure again. */
export function UnsureSwitch() {
  const { actions } = useBench();
  const { answers, cell } = useWork();
  const words = useWords();
  const action = workAction("unsure");
  const rating = ratingOf(answers, cell);
  return (
    <button
      type="button"
      className="unsure"
      data-action="unsure"
      aria-pressed={rating?.unsure === true}
      disabled={!action.enabled(actions)}
      onClick={() => pressAction(action, actions)}
    >
      {words.t("work.unsure")} <Caps action={action} />
    </button>
  );
}

/** The sign beside a level that is not sure. */
export function UnsureSign() {
  const words = useWords();
  return (
    <span className="unsure-sign" title={words.t("work.unsure")}>
      ?
    </span>
  );
}
