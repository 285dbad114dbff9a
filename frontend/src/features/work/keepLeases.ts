import { lastWords, work } from "../../api/endpoints";
import type { ActiveTime } from "../../core/activity";
import { Leases } from "../../core/leases";
import type { Prefetch } from "../../core/prefetch";
import { ApiError, isPassing } from "../../core/problem";
import type { WorkSession } from "../../core/session";

const lookEvery = 15_000;
const oftenest = 15_000;
const seldomest = 4 * 60_000;
const firstRetry = 2_000;
const longestRetry = 30_000;
const noteOf = (user: string) => `editjury-released/${user}`;
const signs = ["keydown", "pointermove", "pointerdown", "wheel", "focus"] as const;

interface LeaseSituation {
  readonly user: string;
  readonly leaseMinutes: number;
  /** Whether another tab has taken over. */
  readonly isElsewhere: () => boolean;
}

/** Renews leases while somebody is there; gives back what is not seen when the page ends. */
export function keepLeases(
  session: WorkSession,
  prefetch: Prefetch,
  time: ActiveTime,
  about: LeaseSituation,
): () => void {
  const { user, leaseMinutes, isElsewhere } = about;
  const leases = new Leases({
    prefetch,
    current: () => {
      const { task, amends } = session.state.get();
      return amends ? undefined : task?.assignment.id;
    },
    idle: () => time.idle(),
    isVisible: () => !document.hidden,
    now: () => performance.now(),
    renew: work.renew,
    release: (id) => work.release(id, "later", null),
    every: Math.min(seldomest, Math.max(oftenest, leaseMinutes * 20_000)),
  });
  const timer = setInterval(() => leases.tick(), lookEvery);
  const wake = () => leases.wake();
  const leave = () => {
    const dropped = prefetch.dropUnseen();
    for (const id of dropped) lastWords.release(id);
    sessionStorage.setItem(noteOf(user), JSON.stringify(dropped));
  };
  for (const name of signs) window.addEventListener(name, wake, { passive: true });
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("pagehide", leave);
  return () => {
    clearInterval(timer);
    for (const name of signs) window.removeEventListener(name, wake);
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("pagehide", leave);
    // Another tab that took over has claimed the same tasks.
    if (!isElsewhere()) leave();
  };
}

/** Makes sure that what this tab gave back as it was left is given back before it claims anew. */
export async function finishLeaving(user: string): Promise<void> {
  const note = noteOf(user);
  const dropped = JSON.parse(sessionStorage.getItem(note) ?? "[]") as string[];
  sessionStorage.removeItem(note);
  const released = dropped.map((id) =>
    work.release(id, "later", null).catch((error: unknown) => {
      // The claim that follows meets the same trouble and says it.
      if (!(error instanceof ApiError)) throw error;
    }),
  );
  await Promise.all(released);
}

/** Asks again by itself for the next task where that failed for a reason that may pass. */
export function keepAsking(session: WorkSession): () => void {
  let pause = firstRetry;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = session.state.subscribe(() => {
    const { phase, problem } = session.state.get();
    clearTimeout(timer);
    if (phase !== "failed") {
      if (phase === "rating") pause = firstRetry;
    } else if (problem && isPassing(new ApiError(problem))) {
      timer = setTimeout(() => void session.advance(), pause);
      pause = Math.min(pause * 2, longestRetry);
    }
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
