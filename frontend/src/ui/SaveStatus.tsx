import { useSyncExternalStore } from "react";
import type { Entry } from "../core/entries";
import type { ProtocolDocument } from "../core/model";
import type { Outbox, SaveState } from "../core/outbox";
import type { PlainKey } from "../i18n/catalogue";
import { useWords } from "./i18n";
import { SaveDialog } from "./save/SaveDialog";

interface SaveStatusProps {
  readonly outbox: Outbox;
  /** Says nothing before there is anything to save. */
  readonly isQuiet?: boolean;
  /** What the open task asks, for the names in a conflict. */
  readonly document?: ProtocolDocument;
  readonly work?: { readonly project: string; readonly open: (entry: Entry) => void };
}

const stateWords: Readonly<Record<SaveState, PlainKey>> = {
  idle: "save.idle",
  saving: "save.saving",
  saved: "save.saved",
  offline: "save.offline",
  signedOut: "save.signedOutState",
  conflict: "save.conflict",
  refused: "save.refused",
};

/** How saving stands, with the count of what is unsaved; opens what is unsaved. */
export function SaveStatus({ outbox, isQuiet = false, document, work }: SaveStatusProps) {
  const words = useWords();
  const view = useSyncExternalStore(outbox.view.subscribe, outbox.view.get);
  const isOpen = useSyncExternalStore(outbox.review.subscribe, outbox.review.get);
  const needsChoice = view.conflicts.length > 0 || view.refused.length > 0;
  const isCounted = view.unsaved > 0 && view.state !== "saving";
  const open = () => outbox.review.set(true);
  if (isQuiet && view.state === "idle") return null;
  return (
    <>
      <span className="save" data-state={view.state} data-stored={view.stored}>
        <button type="button" className="save-line" aria-haspopup="dialog" onClick={open}>
          <i className="save-dot" aria-hidden="true" />
          <span role="status">
            <span className="save-word">{words.t(stateWords[view.state])}</span>
            {isCounted && <> · {words.t("save.unsaved", { n: view.unsaved })}</>}
          </span>
        </button>
        {needsChoice && (
          <button type="button" className="link" onClick={open}>
            {words.t("save.review")}
          </button>
        )}
      </span>
      {isOpen && <SaveDialog outbox={outbox} document={document} work={work} />}
    </>
  );
}
