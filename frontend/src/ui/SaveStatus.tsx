import { useState, useSyncExternalStore } from "react";
import type { Entry } from "../core/entries";
import type { Outbox } from "../core/outbox";
import { Dialog } from "./Dialog";
import { useWords } from "./i18n";
import { faultText } from "./problem";

/** How saving stands, with the count of what is unsaved; opens what needs a decision. */
export function SaveStatus({ outbox, isQuiet = false }: { outbox: Outbox; isQuiet?: boolean }) {
  const words = useWords();
  const view = useSyncExternalStore(outbox.view.subscribe, outbox.view.get);
  const [isOpen, setOpen] = useState(false);
  const needsChoice = view.conflicts.length > 0 || view.refused.length > 0;
  if (isQuiet && view.state === "idle") return null;
  return (
    <span className="save" data-state={view.state}>
      <span role="status">
        <i className="save-dot" aria-hidden="true" />
        <span className="save-word">{words.t(`save.${view.state}`)}</span>
        {view.unsaved > 0 && view.state !== "saving" && (
          <> · {words.t("save.unsaved", { n: view.unsaved })}</>
        )}
      </span>
      {needsChoice && (
        <button type="button" className="link" onClick={() => setOpen(true)}>
          {words.t("save.review")}
        </button>
      )}
      {isOpen && needsChoice && (
        <Dialog title={words.t(`save.${view.state}`)} onClose={() => setOpen(false)}>
          {view.conflicts.map((entry) => (
            <Conflict key={entry.key} entry={entry} outbox={outbox} />
          ))}
          {view.refused.map((entry) => (
            <Refused key={entry.key} entry={entry} outbox={outbox} />
          ))}
        </Dialog>
      )}
    </span>
  );
}

function Conflict({ entry, outbox }: { entry: Entry; outbox: Outbox }) {
  const words = useWords();
  const theirs = entry.conflict?.answers ?? {};
  const choose = (answers: Partial<Entry["answers"]>) =>
    void outbox.resolve(entry.assignment, { ...entry.answers, ...answers });
  return (
    <section className="stored">
      <h3>{words.t("save.conflictTitle")}</h3>
      <p>{entry.title}</p>
      <p>{words.t("save.conflictText")}</p>
      <p className="row">
        <button type="button" onClick={() => choose({})}>
          {words.t("save.keepMine")} ({words.plural("save.ratings", entry.answers.ratings.length)})
        </button>
        <button type="button" onClick={() => choose(theirs)}>
          {words.t("save.keepTheirs")} ({words.plural("save.ratings", theirs.ratings?.length ?? 0)})
        </button>
      </p>
    </section>
  );
}

function Refused({ entry, outbox }: { entry: Entry; outbox: Outbox }) {
  const words = useWords();
  const [isSure, setSure] = useState(false);
  const { problem } = entry;
  const discard = () => (isSure ? void outbox.discard(entry.assignment) : setSure(true));
  return (
    <section className="stored">
      <h3>{words.t("save.refusedTitle")}</h3>
      <p>{entry.title}</p>
      <p>{problem && (words.fault(problem.code) ?? problem.detail ?? problem.title)}</p>
      <ul>
        {(problem?.faults ?? []).map((fault) => (
          <li key={JSON.stringify(fault)}>{faultText(words, fault)}</li>
        ))}
      </ul>
      <p>{words.t("save.refusedText")}</p>
      <p className="row">
        <button type="button" onClick={() => void outbox.retry(entry.assignment)}>
          {words.t("save.sendAgain")}
        </button>
        <button type="button" onClick={() => download(entry)}>
          {words.t("save.download")}
        </button>
        <button type="button" className="danger" onClick={discard}>
          {words.t(isSure ? "save.discardConfirm" : "save.discard")}
        </button>
      </p>
    </section>
  );
}

function download(entry: Entry): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(entry, null, 2)]));
  const link = document.createElement("a");
  link.href = url;
  link.download = `editjury-${entry.assignment}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
