import { useEffect, useRef } from "react";
import type { Comparison, Outcome } from "../../../core/model";
import { workAction } from "../../../core/workActions";
import { useWords } from "../../../ui/i18n";
import { Caps } from "../../../ui/Keys";
import { useBench } from "../context";
import { focusCurrentTab } from "../focus";

/** What stands in place of the levels while a question of the tie-break is shown. */
export function TiePanel({ question }: { question: Comparison }) {
  const { session } = useBench();
  const words = useWords();
  const panel = useRef<HTMLDivElement>(null);
  const { tie } = session;
  const at = tie.questions.indexOf(question);
  const { left, right } = question;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each question is read out anew
  useEffect(() => panel.current?.focus(), [left, right]);
  useEffect(() => focusCurrentTab, []);

  return (
    <div
      className="rating tie"
      id="levels"
      role="tabpanel"
      ref={panel}
      tabIndex={-1}
      aria-label={words.t("work.tieSides", { left, right })}
    >
      <div className="rating-head">
        <h2>{words.t("work.tieTitle")}</h2>
        <p>{words.t("work.tiePosition", { at: at + 1, of: tie.questions.length })}</p>
        <span className="tie-steps">
          <Step action="previousQuestion" sign="↑" disabled={at <= 0} by={-1} />
          <Step action="nextQuestion" sign="↓" disabled={at + 1 >= tie.questions.length} by={1} />
        </span>
      </div>
      <div className="tie-choices">
        <Choice question={question} outcome="left" action="preferLeft" label={left} />
        <Choice question={question} outcome="tie" action="tie" label={null} />
        <Choice question={question} outcome="right" action="preferRight" label={right} />
      </div>
      <p className="line">
        <button type="button" className="link" data-action="leave" onClick={() => tie.leave()}>
          {words.t("work.tieRatings")} <Caps action={workAction("leave")} />
        </button>
        <span role="status">{words.t(tie.open === 0 ? "work.tieDone" : "work.tieWhy")}</span>
      </p>
    </div>
  );
}

interface ChoiceProps {
  readonly question: Comparison;
  readonly outcome: Outcome;
  readonly action: string;
  /** The letter that is preferred, or null for a tie. */
  readonly label: string | null;
}

function Choice({ question, outcome, action, label }: ChoiceProps) {
  const { session } = useBench();
  const words = useWords();
  return (
    <button
      type="button"
      className="tie-choice"
      data-action={action}
      aria-pressed={question.outcome === outcome}
      onClick={() => session.tie.answer(outcome)}
    >
      <span>
        {label === null ? words.t("work.tieEqual") : words.t("work.tieChoice", { label })}
      </span>
      <Caps action={workAction(action)} />
    </button>
  );
}

interface StepProps {
  readonly action: "previousQuestion" | "nextQuestion";
  readonly sign: string;
  readonly disabled: boolean;
  readonly by: 1 | -1;
}

function Step({ action, sign, disabled, by }: StepProps) {
  const { session } = useBench();
  const words = useWords();
  return (
    <button
      type="button"
      className="quiet"
      data-action={action}
      aria-label={words.t(`work.${action}`)}
      disabled={disabled}
      onClick={() => session.tie.step(by)}
    >
      <kbd>{sign}</kbd>
    </button>
  );
}
