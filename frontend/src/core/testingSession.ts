import type { TaskImages } from "./images";
import type { Assignment } from "./model";
import { Outbox } from "./outbox";
import { Prefetch } from "./prefetch";
import { ApiError } from "./problem";
import { type LookBack, Recent } from "./recent";
import { type SessionOptions, WorkSession } from "./session";
import { makeClock, makeEntryStore, makeProtocol } from "./testing";

/** A judgment as the server got it. */
export interface Sent {
  readonly assignment: string;
  readonly ratings: unknown;
  readonly amends: string | null;
}

/** A session over a pool of tasks; `fails` makes the next submissions fail. */
export function setUp(
  pool: Assignment[],
  fails: ApiError[] = [],
  retryAfter: number | null = null,
  back: LookBack | null = { found: [], refused: null },
  more: Partial<SessionOptions> = {},
) {
  const clock = makeClock();
  const sent: Sent[] = [];
  const bodies: Readonly<Record<string, unknown>>[] = [];
  const outbox = new Outbox({
    user: "ann",
    store: makeEntryStore(),
    later: clock.later,
    transport: {
      putDraft: async () => undefined,
      submit: async (assignment, { id, body, amends }) => {
        const failure = fails.shift();
        if (failure) throw failure;
        const { ratings } = body;
        sent.push({ assignment, ratings, amends: amends && `${amends.expected_revision}` });
        bodies.push(body);
        return { submission_id: id, revision: (amends?.expected_revision ?? 0) + 1 };
      },
    },
  });
  const prepare = async (assignment: Assignment) => ({
    assignment,
    images: {} as TaskImages,
    document: makeProtocol(),
  });
  const lookBack = async () => {
    if (!back) throw new ApiError({ status: 0, title: "Offline", code: "offline" });
    return back;
  };
  const recent = new Recent({ lookBack, prepare });
  const prefetch = new Prefetch({
    claim: async () => ({
      assignments: pool,
      retry_after: retryAfter,
      with_others: retryAfter === null ? 0 : 2,
    }),
    prepare,
    giveBack: async () => undefined,
    submitting: () => outbox.submitting(),
  });
  const session = new WorkSession({
    project: "p",
    document: makeProtocol(),
    order: "dimension",
    tieBreak: false,
    handBack: async () => undefined,
    outbox,
    prefetch,
    recent,
    circumstances: () => ({ language: "en", viewing: {}, activeMs: 10, tools: [] }),
    ...more,
  });
  const paint = () => session.markPainted(session.state.get().task?.assignment.id ?? "");
  return { session, clock, sent, bodies, outbox, paint };
}

/** Where a session is: task, candidate and dimension. */
export const at = (session: WorkSession) => {
  const { task, cell } = session.state.get();
  return `${task?.assignment.id} ${cell.label} ${cell.dimension}`;
};

/** Gives every empty cell the level at an index. */
export async function rateAll(session: WorkSession, index = 0): Promise<void> {
  while (session.missing.length > 0) session.editor.rateAt(index);
}
