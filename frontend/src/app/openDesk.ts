import { actFor } from "../api/client";
import { lastWords, work } from "../api/endpoints";
import { openEntryStore } from "../core/entries";
import { Lead } from "../core/lead";
import { channelLocks, webLocks } from "../core/locks";
import { Outbox } from "../core/outbox";

/** What carries a user's work to the server, and whether this tab is the one that does. */
export interface Desk {
  readonly outbox: Outbox;
  readonly lead: Lead;
}

const opened = new Map<string, Promise<Desk>>();
const longestFrame = 250;

/** The one desk of a user on this page. */
export function openDesk(user: string): Promise<Desk> {
  const known = opened.get(user);
  if (known) return known;
  const fresh = open(user);
  opened.set(user, fresh);
  return fresh;
}

async function open(user: string): Promise<Desk> {
  const outbox = new Outbox({
    user,
    store: await openEntryStore(),
    transport: {
      putDraft: async (assignment, revision, answers) => {
        await work.putDraft(assignment, revision, answers);
      },
      submit: work.submit,
    },
    later,
  });
  const lead = new Lead({
    // Plain HTTP on a host name has no locks of the browser's own.
    locks: navigator.locks
      ? webLocks(navigator.locks)
      : channelLocks((name) => new BroadcastChannel(name), later),
    user,
    onSend: () => outbox.open(),
    onStop: () => outbox.pause(),
  });
  actFor(user, (problem) => outbox.noteSession(problem));
  void lead.waitToSend();
  follow(outbox, lead);
  return { outbox, lead };
}

/** Sends again when the network is back, and what is still here when the page ends. */
function follow(outbox: Outbox, lead: Lead): void {
  window.addEventListener("online", () => outbox.resume());
  window.addEventListener("pagehide", () => {
    for (const entry of outbox.waiting()) lastWords.send(entry);
    lead.close();
  });
  // A page that comes back out of the browser's cache leads no more.
  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  window.addEventListener("beforeunload", (event) => {
    const { state, unsaved } = outbox.view.get();
    if (unsaved > 0 && state !== "saving") event.preventDefault();
  });
}

/** Later; "at once" is after the next frame, so that what was just decided is seen first. */
function later(run: () => void, milliseconds: number): () => void {
  if (milliseconds > 0 || document.hidden) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  }
  let timer = setTimeout(run, longestFrame);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(run, 0);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
