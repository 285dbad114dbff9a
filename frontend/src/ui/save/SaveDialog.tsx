import { useSyncExternalStore } from "react";
import type { Entry } from "../../core/entries";
import type { ProtocolDocument } from "../../core/model";
import type { Outbox } from "../../core/outbox";
import { Dialog } from "../Dialog";
import { useWords } from "../i18n";
import { Conflict } from "./Conflict";
import { saveAsFile } from "./file";
import { Refused } from "./Refused";

interface SaveDialogProps {
  readonly outbox: Outbox;
  readonly document: ProtocolDocument | undefined;
  /** The project whose rating page this is, and how it opens one of its tasks. */
  readonly work: { readonly project: string; readonly open: (entry: Entry) => void } | undefined;
}

/** All that the server lacks: what needs a choice, what was refused, what is on its way. */
export function SaveDialog({ outbox, document, work }: SaveDialogProps) {
  const words = useWords();
  const view = useSyncExternalStore(outbox.view.subscribe, outbox.view.get);
  const close = () => outbox.review.set(false);
  const waiting = outbox.unsaved().filter((entry) => !entry.conflict && !entry.problem);
  const openerOf = (entry: Entry) => {
    if (entry.project !== work?.project) return undefined;
    return (asked: Entry) => {
      close();
      work.open(asked);
    };
  };
  return (
    <Dialog title={words.t("save.unsavedTitle")} onClose={close}>
      {view.volatile && <p className="notice">{words.t("save.volatile")}</p>}
      {view.conflicts.map((entry) => (
        <Conflict key={entry.key} entry={entry} outbox={outbox} document={document} />
      ))}
      {view.refused.map((entry) => (
        <Refused
          key={entry.key}
          entry={entry}
          outbox={outbox}
          document={document}
          onOpen={openerOf(entry)}
          onLeave={close}
        />
      ))}
      {waiting.length > 0 && (
        <section className="stored">
          <h3>{words.t("save.waitingList")}</h3>
          <ul>
            {waiting.map((entry) => (
              <li key={entry.key}>
                {entry.title}
                <br />
                <small>
                  {words.t(entry.submission ? "save.waitsJudgment" : "save.waitsDraft")}
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.unsaved === 0 ? (
        <p>{words.t("save.nothingUnsaved")}</p>
      ) : (
        <>
          <p className="kept">{words.t("save.kept")}</p>
          <p className="row end">
            <button type="button" onClick={() => saveAsFile(outbox.unsaved())}>
              {words.t("save.downloadAll")}
            </button>
          </p>
        </>
      )}
    </Dialog>
  );
}
