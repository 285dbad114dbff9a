import { expect, test } from "vitest";
import type { TaskImages } from "./images";
import type { Assignment } from "./model";
import { Outbox } from "./outbox";
import { Prefetch } from "./prefetch";
import { ApiError } from "./problem";
import { type Earlier, Recent } from "./recent";
import { WorkSession } from "./session";
import {
  makeAnswers,
  makeAssignment,
  makeClock,
  makeEntryStore,
  makeProtocol,
  settle,
} from "./testing";

interface Sent {
  readonly assignment: string;
  readonly ratings: unknown;
  readonly amends: string | null;
}

/** A session over a pool of tasks; `fails` makes the next submissions fail. */
function setUp(
  pool: Assignment[],
  fails: ApiError[] = [],
  retryAfter: number | null = null,
  earlier: Earlier[] = [],
) {
  const clock = makeClock();
  const sent: Sent[] = [];
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
        return { submission_id: id, revision: (amends?.expected_revision ?? 0) + 1 };
      },
    },
  });
  const prepare = async (assignment: Assignment) => ({
    assignment,
    images: {} as TaskImages,
    document: makeProtocol(),
  });
  const recent = new Recent({ lookBack: async () => earlier, prepare });
  const prefetch = new Prefetch({
    claim: async () => ({ assignments: pool, retry_after: retryAfter }),
    prepare,
    giveBack: async () => undefined,
    submitting: () => outbox.submitting(),
  });
  const session = new WorkSession({
    project: "p",
    document: makeProtocol(),
    order: "dimension",
    tieBreak: false,
    outbox,
    prefetch,
    recent,
    circumstances: () => ({ language: "en", viewing: {}, activeMs: 10 }),
  });
  const paint = () => session.markPainted(session.state.get().task?.assignment.id ?? "");
  return { session, clock, sent, paint };
}

const at = (session: WorkSession) => {
  const { task, cell } = session.state.get();
  return `${task?.assignment.id} ${cell.label} ${cell.dimension}`;
};

async function rateAll(session: WorkSession, index = 0): Promise<void> {
  while (session.missing.length > 0) session.editor.rateAt(index);
}

test("it works: digits sweep over the candidates, submitting brings the next task and sends", async () => {
  const { session, clock, sent, paint } = setUp([makeAssignment("t1"), makeAssignment("t2")]);
  await session.advance();
  expect(session.isReady).toBe(false);
  paint();
  expect(session.isReady).toBe(true);
  const path = [at(session)];
  for (const index of [0, 3, 1]) {
    session.editor.rateAt(index);
    path.push(at(session));
  }
  expect(path).toEqual(["t1 A following", "t1 B following", "t1 A quality", "t1 B quality"]);
  await session.submit();
  expect(session.state.get().task?.assignment.id).toBe("t1");
  session.editor.rateAt(2);
  expect(at(session)).toBe("t1 B quality");
  await session.submit();
  expect(at(session)).toBe("t2 A following");
  await clock.pass(0);
  expect(sent).toEqual([
    {
      assignment: "t1",
      ratings: makeAnswers("A following 1", "B following 4", "A quality 2", "B quality 3").ratings,
      amends: null,
    },
  ]);
});

test("a digit beyond the scale does nothing", async () => {
  const { session } = setUp([makeAssignment("t1")]);
  await session.advance();
  session.editor.rateAt(4);
  expect(session.state.get().answers.ratings).toEqual([]);
});

test("undo and redo step through the changes of the open task", async () => {
  const { session } = setUp([makeAssignment("t1")]);
  await session.advance();
  session.editor.rateAt(0);
  session.editor.rateAt(1);
  await session.undo();
  expect(session.state.get().answers).toEqual(makeAnswers("A following 1"));
  expect(at(session)).toBe("t1 B following");
  session.editor.redo();
  expect(session.state.get().answers).toEqual(makeAnswers("A following 1", "B following 2"));
});

test("on an untouched task a second undo reopens the last one, and Enter amends it", async () => {
  const { session, clock, sent } = setUp([makeAssignment("t1"), makeAssignment("t2")]);
  await session.advance();
  await rateAll(session);
  await session.submit();
  await clock.pass(0);
  await session.undo();
  expect(session.state.get()).toMatchObject({ undoArmed: true, amends: null });
  await session.undo();
  expect(session.state.get().task?.assignment.id).toBe("t1");
  expect(session.missing).toEqual([]);
  session.editor.rate({ label: "A", dimension: "following" }, 4, false);
  await session.submit();
  await clock.pass(0);
  expect(sent.map((item) => [item.assignment, item.amends])).toEqual([
    ["t1", null],
    ["t1", "1"],
  ]);
  expect(session.state.get().task?.assignment.id).toBe("t2");
});

test("an unsent judgment is taken back instead of amended", async () => {
  const offline = new ApiError({ status: 0, title: "Offline", code: "offline" });
  const { session, clock, sent } = setUp([makeAssignment("t1"), makeAssignment("t2")], [offline]);
  await session.advance();
  await rateAll(session);
  await session.submit();
  await clock.pass(0);
  await session.undo();
  await session.undo();
  expect(session.state.get().amends).toBeNull();
  expect(session.state.get().submitted).toBe(0);
  await clock.pass(60_000);
  expect(sent).toEqual([]);
  await session.submit();
  await clock.pass(0);
  expect(sent.map((item) => [item.assignment, item.amends])).toEqual([["t1", null]]);
});

test("a judgment of an earlier page is reopened from the server, once", async () => {
  const answers = makeAnswers("A following 1", "B following 1", "A quality 1", "B quality 1");
  const receipt = { submission_id: "s0", revision: 3 };
  const earlier = [{ assignment: makeAssignment("t0"), answers, receipt }];
  const { session, clock, sent } = setUp([makeAssignment("t1")], [], null, earlier);
  await session.advance();
  await session.undo();
  await session.undo();
  expect(session.state.get()).toMatchObject({ amends: receipt, answers });
  session.editor.rate({ label: "A", dimension: "following" }, 4, false);
  await session.submit();
  await clock.pass(0);
  expect(sent.map((item) => [item.assignment, item.amends])).toEqual([["t0", "3"]]);
  expect(session.state.get().task?.assignment.id).toBe("t1");
});

test("a reopened task that is left stays as it was submitted and can be reopened again", async () => {
  const { session, clock, sent } = setUp([makeAssignment("t1"), makeAssignment("t2")]);
  await session.advance();
  await rateAll(session);
  await session.submit();
  await clock.pass(0);
  await session.undo();
  await session.undo();
  session.editor.rate({ label: "A", dimension: "following" }, 4, false);
  await session.leaveReopened();
  await clock.pass(0);
  expect(session.state.get().task?.assignment.id).toBe("t2");
  await session.undo();
  await session.undo();
  expect(session.state.get().task?.assignment.id).toBe("t1");
  expect(session.state.get().answers.ratings.map((rating) => rating.value)).toEqual([1, 1, 1, 1]);
  expect(sent).toHaveLength(1);
});

test("an amendment that is taken back before it was sent is an amendment again", async () => {
  const { session, clock, sent } = setUp([makeAssignment("t1"), makeAssignment("t2")]);
  await session.advance();
  await rateAll(session);
  await session.submit();
  await clock.pass(0);
  await session.undo();
  await session.undo();
  await session.submit();
  await session.undo();
  await session.undo();
  expect(session.state.get().amends).toMatchObject({ revision: 1 });
  await session.submit();
  await clock.pass(0);
  expect(sent.map((item) => [item.assignment, item.amends])).toEqual([
    ["t1", null],
    ["t1", "1"],
  ]);
});

test("a candidate that cannot be judged needs no ratings", async () => {
  const { session } = setUp([makeAssignment("t1")]);
  await session.advance();
  session.editor.cannotJudge("edit", "broken");
  expect(at(session)).toBe("t1 B following");
  session.editor.rateAt(0);
  session.editor.rateAt(0);
  expect(session.missing).toEqual([]);
});

test("a stored draft is shown, and the first empty cell is in focus", async () => {
  const draft = { revision: 3, answers: makeAnswers("A following 2") };
  const { session } = setUp([makeAssignment("t1", 2, { draft })]);
  await session.advance();
  expect(at(session)).toBe("t1 B following");
});

test("nothing left is done, everything with others is waiting", async () => {
  const done = setUp([]);
  await done.session.advance();
  expect(done.session.state.get().phase).toBe("done");
  const waiting = setUp([], [], 30);
  await waiting.session.advance();
  expect(waiting.session.state.get().phase).toBe("waiting");
  await settle();
});
