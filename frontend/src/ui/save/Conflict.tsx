import { useState } from "react";
import { answersOf } from "../../core/answers";
import type { Entry } from "../../core/entries";
import { type Dispute, mergeAnswers, settleDisputes } from "../../core/merge";
import type { ProtocolDocument } from "../../core/model";
import type { Outbox } from "../../core/outbox";
import { useWords } from "../i18n";
import { said, subjectOf } from "./describe";

interface ConflictProps {
  readonly entry: Entry;
  readonly outbox: Outbox;
  readonly document: ProtocolDocument | undefined;
}

/** What two windows have said differently about one task: chosen one by one, or as a whole. */
export function Conflict({ entry, outbox, document }: ConflictProps) {
  const words = useWords();
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const merged = mergeAnswers(entry.base, entry.answers, answersOf(entry.conflict));
  const { disputes } = merged;
  const use = (keys: ReadonlySet<string>) =>
    void outbox.resolve(entry.assignment, settleDisputes(merged, keys));
  const choose = (key: string, isTheirs: boolean) => {
    const next = new Set(taken);
    if (isTheirs) next.add(key);
    else next.delete(key);
    setTaken(next);
  };
  return (
    <section className="stored">
      <h3>{words.t("save.conflictTitle")}</h3>
      <p>{entry.title}</p>
      <p>{words.t("save.conflictText")}</p>
      {disputes.map((dispute) => (
        <Choice
          key={dispute.key}
          name={`${entry.assignment} ${dispute.key}`}
          dispute={dispute}
          document={document}
          isTheirs={taken.has(dispute.key)}
          onChoose={(isTheirs) => choose(dispute.key, isTheirs)}
        />
      ))}
      <p className="row">
        <button type="button" className="primary" onClick={() => use(taken)}>
          {words.t("save.useThese")}
        </button>
        <button type="button" onClick={() => use(new Set())}>
          {words.t("save.keepMine")}
        </button>
        <button type="button" onClick={() => use(new Set(disputes.map(({ key }) => key)))}>
          {words.t("save.keepTheirs")}
        </button>
      </p>
    </section>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly dispute: Dispute;
  readonly document: ProtocolDocument | undefined;
  readonly isTheirs: boolean;
  readonly onChoose: (isTheirs: boolean) => void;
}

function Choice({ name, dispute, document, isTheirs, onChoose }: ChoiceProps) {
  const words = useWords();
  const sides = [
    { side: "save.here", answers: dispute.mine, theirs: false },
    { side: "save.there", answers: dispute.theirs, theirs: true },
  ] as const;
  return (
    <fieldset className="dispute">
      <legend>{subjectOf(words, dispute, document)}</legend>
      {sides.map(({ side, answers, theirs }) => (
        <label key={side}>
          <input
            type="radio"
            name={name}
            checked={isTheirs === theirs}
            onChange={() => onChoose(theirs)}
          />
          <span className="dispute-side">{words.t(side)}</span>
          <span>{said(words, answers, document)}</span>
        </label>
      ))}
    </fieldset>
  );
}
