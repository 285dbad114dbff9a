import { type KeyboardEvent, useState } from "react";
import { Dialog } from "../../ui/Dialog";
import { useWords } from "../../ui/i18n";
import { useBench, useWork } from "./context";
import { useClose } from "./Panels";

/** Asks what cannot be judged, this edit or the whole task, and why: a digit and Enter do. */
export function CannotDialog() {
  const { session } = useBench();
  const { cell } = useWork();
  const words = useWords();
  const close = useClose();
  const all = session.document.cannot_judge_reasons;
  const choices = all.filter((choice) => !choice.dimension);
  const [scope, setScope] = useState<"edit" | "task">("edit");
  const [reason, setReason] = useState<string | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const choice = /^\d$/.test(event.key) ? choices[Number(event.key) - 1] : undefined;
    if (choice) setReason(choice.key);
  };
  const scopes = [
    { key: "edit", text: words.t("work.cannotEdit", { label: cell.label }) },
    { key: "task", text: words.t("work.cannotTask") },
  ] as const;

  return (
    <Dialog title={words.t("work.cannotTitle")} onClose={close} hasFirstFocus>
      <form
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason !== null) session.editor.cannotJudge(scope, reason);
        }}
      >
        <fieldset className="choices">
          <legend className="visually-hidden">{words.t("work.cannotTitle")}</legend>
          {scopes.map(({ key, text }) => (
            <label key={key}>
              <input
                type="radio"
                name="scope"
                data-first-focus={key === "edit" || undefined}
                checked={scope === key}
                onChange={() => setScope(key)}
              />
              <span>{text}</span>
            </label>
          ))}
        </fieldset>
        <fieldset className="choices">
          <legend>{words.t("work.cannotReason")}</legend>
          {choices.map((choice, index) => (
            <label key={choice.key}>
              <input
                type="radio"
                name="reason"
                checked={reason === choice.key}
                onChange={() => setReason(choice.key)}
              />
              <span>{words.text(choice.text)}</span>
              <kbd>{index + 1}</kbd>
            </label>
          ))}
        </fieldset>
        <p className="row end">
          <button type="submit" className="primary" disabled={reason === null}>
            {words.t("work.apply")} <kbd>Enter</kbd>
          </button>
        </p>
      </form>
    </Dialog>
  );
}
