import { useState } from "react";
import { reasonsFor } from "../../core/judging";
import { workActions } from "../../core/workActions";
import { Dialog } from "../../ui/Dialog";
import { useWords } from "../../ui/i18n";
import { KeyList } from "../../ui/Keys";
import { CannotDialog } from "./CannotDialog";
import { useBench, useWork } from "./context";
import { GuidelineDialog } from "./GuidelineDialog";

/** The panel that is open over the stage, if any. */
export function Panels() {
  const { panel } = useWork();
  switch (panel) {
    case "cannot":
      return <CannotDialog />;
    case "comment":
      return <CommentDialog />;
    case "reasons":
      return <ReasonsDialog />;
    case "guideline":
      return <GuidelineDialog />;
    case "instruction":
      return <InstructionDialog />;
    case "help":
      return <HelpDialog />;
    case null:
      return null;
  }
}

/** Closes the open panel. */
export function useClose(): () => void {
  const { session } = useBench();
  return () => session.setPanel(null);
}

function CommentDialog() {
  const { session } = useBench();
  const words = useWords();
  const close = useClose();
  const [text, setText] = useState(session.state.get().answers.comment);
  const finish = () => {
    session.editor.setComment(text);
    close();
  };
  return (
    <Dialog title={words.t("work.commentFor")} onClose={finish} hasFirstFocus>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          finish();
        }}
      >
        <p id="comment-hint">{words.t("work.commentHint")}</p>
        <textarea
          rows={5}
          maxLength={4000}
          value={text}
          aria-label={words.t("work.commentFor")}
          aria-describedby="comment-hint"
          data-first-focus
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) finish();
          }}
        />
        <p className="row end">
          <button type="submit" className="primary">
            {words.t("work.done")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

function ReasonsDialog() {
  const { session } = useBench();
  const { answers, cell } = useWork();
  const words = useWords();
  const close = useClose();
  const { dimension } = session;
  if (!dimension) return null;
  const choices = reasonsFor(session.document, dimension.key);
  const isChosen = (reason: string) =>
    answers.reasons.some(
      (low) =>
        low.label === cell.label && low.dimension === cell.dimension && low.reason === reason,
    );
  const title = words.t("work.reasonsTitle", {
    dimension: words.text(dimension.name),
    label: cell.label,
  });
  return (
    <Dialog title={title} onClose={close} action="reasons" closesOnEnter hasFirstFocus>
      <ul
        className="choices"
        onKeyDown={(event) => {
          const choice = choices[Number(event.key) - 1];
          if (choice) session.editor.toggleReason(cell, choice.key);
        }}
      >
        {choices.map((choice, index) => (
          <li key={choice.key}>
            <label>
              <input
                type="checkbox"
                data-first-focus={index === 0 || undefined}
                checked={isChosen(choice.key)}
                onChange={() => session.editor.toggleReason(cell, choice.key)}
              />
              <span>{words.text(choice.text)}</span>
              <kbd>{index + 1}</kbd>
            </label>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function InstructionDialog() {
  const { task } = useWork();
  const words = useWords();
  const close = useClose();
  if (!task) return null;
  const { instruction, instruction_lang, instruction_translations } = task.assignment;
  return (
    <Dialog title={words.t("work.instruction")} onClose={close} action="instruction" closesOnEnter>
      <p className="reading" lang={instruction_lang || undefined} dir="auto">
        {instruction}
      </p>
      {Object.entries(instruction_translations).map(([language, text]) => (
        <section key={language}>
          <h3>{words.t("work.translation", { language: words.languageName(language) })}</h3>
          <p className="reading" lang={language} dir="auto">
            {text}
          </p>
        </section>
      ))}
    </Dialog>
  );
}

function HelpDialog() {
  const { actions } = useBench();
  const words = useWords();
  const close = useClose();
  const takeTour = () => {
    close();
    actions.guide.startTour();
  };
  return (
    <Dialog title={words.t("help.keys")} onClose={close} action="help" wide>
      <p className="row">
        <button type="button" onClick={takeTour}>
          {words.t("guide.takeTour")}
        </button>
      </p>
      <KeyList actions={workActions} />
    </Dialog>
  );
}
