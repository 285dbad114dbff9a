import { useState } from "react";
import { Link } from "wouter";
import type { Entry } from "../../core/entries";
import type { ProtocolDocument } from "../../core/model";
import type { Outbox } from "../../core/outbox";
import type { Fault } from "../../core/problem";
import { useWords } from "../i18n";
import { faultText } from "../problem";
import { nameOf } from "./describe";
import { saveAsFile } from "./file";

interface RefusedProps {
  readonly entry: Entry;
  readonly outbox: Outbox;
  readonly document: ProtocolDocument | undefined;
  /** Opens the entry's task on this page; absent where this is not its rating page. */
  readonly onOpen: ((entry: Entry) => void) | undefined;
  readonly onLeave: () => void;
}

/** Answers that the server did not take, with its faults and what can be done about it. */
export function Refused({ entry, outbox, document, onOpen, onLeave }: RefusedProps) {
  const words = useWords();
  const [isSure, setSure] = useState(false);
  const { problem } = entry;
  const named = ({ dimension, ...fault }: Fault): Fault =>
    typeof dimension === "string"
      ? { ...fault, dimension: nameOf(words, dimension, document) }
      : fault;
  const discard = () => (isSure ? void outbox.discard(entry.assignment) : setSure(true));
  return (
    <section className="stored">
      <h3>{words.t("save.refusedTitle")}</h3>
      <p>{entry.title}</p>
      <p>{problem && (words.fault(problem.code) ?? problem.detail ?? problem.title)}</p>
      <ul>
        {(problem?.faults ?? []).map((fault) => (
          <li key={JSON.stringify(fault)}>{faultText(words, named(fault))}</li>
        ))}
      </ul>
      <p>{words.t("save.refusedText")}</p>
      <p className="row">
        {entry.task &&
          (onOpen ? (
            <OpenHere entry={entry} onOpen={onOpen} />
          ) : (
            <OpenThere entry={entry} onLeave={onLeave} />
          ))}
        <button type="button" onClick={() => void outbox.retry(entry.assignment)}>
          {words.t("save.sendAgain")}
        </button>
        <button type="button" onClick={() => saveAsFile([entry])}>
          {words.t("save.download")}
        </button>
        <button type="button" className="danger" onClick={discard}>
          {words.t(isSure ? "save.discardConfirm" : "save.discard")}
        </button>
      </p>
    </section>
  );
}

function OpenHere({ entry, onOpen }: { entry: Entry; onOpen: (entry: Entry) => void }) {
  const words = useWords();
  return (
    <button
      type="button"
      className="primary"
      title={words.t("save.openHint")}
      onClick={() => onOpen(entry)}
    >
      {words.t("save.open")}
    </button>
  );
}

function OpenThere({ entry, onLeave }: { entry: Entry; onLeave: () => void }) {
  const words = useWords();
  return (
    <Link
      className="button primary"
      title={words.t("save.openHint")}
      onClick={onLeave}
      href={`/work/${entry.project}?open=${entry.assignment}`}
    >
      {words.t("save.open")}
    </Link>
  );
}
