import { work } from "../api/endpoints";
import { openEntryStore } from "../core/entries";
import { Outbox } from "../core/outbox";

const opened = new Map<string, Promise<Outbox>>();

/** The one outbox of a user on this page; it sends again when the network or the page comes back. */
export function openOutbox(user: string): Promise<Outbox> {
  const known = opened.get(user);
  if (known) return known;
  const fresh = open(user);
  opened.set(user, fresh);
  return fresh;
}

async function open(user: string): Promise<Outbox> {
  const outbox = new Outbox({
    user,
    store: await openEntryStore(),
    transport: {
      putDraft: async (assignment, revision, answers) => {
        await work.putDraft(assignment, revision, answers);
      },
      submit: work.submit,
    },
    later: (run, milliseconds) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  await outbox.open();
  window.addEventListener("online", () => outbox.resume());
  window.addEventListener("pagehide", () => outbox.resume());
  window.addEventListener("beforeunload", (event) => {
    const { state, unsaved } = outbox.view.get();
    if (unsaved > 0 && state !== "saving") event.preventDefault();
  });
  return outbox;
}
