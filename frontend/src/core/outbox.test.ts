import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { openEntryStore } from "./entries";
import { Outbox, type Transport } from "./outbox";
import { ApiError } from "./problem";
import { makeAnswers, makeAssignment, makeClock, makeEntryStore } from "./testing";

const problem = (status: number, more = {}) =>
  new ApiError({ status, title: "No", code: `code_${status}`, ...more });
const submission = (id: string) => ({ id, body: { ratings: [] }, amends: null });
const ignore = () => undefined;

/** A server that notes what it is sent and answers from a list of failures first. */
function setUp(failures: ApiError[] = [], store = makeEntryStore(), user = "ann") {
  const calls: string[] = [];
  const answer = async (call: string) => {
    calls.push(call);
    const failure = failures.shift();
    if (failure) throw failure;
  };
  const transport: Transport = {
    putDraft: (id, revision, answers) =>
      answer(`draft ${id} ${revision} ${answers.ratings.length}`),
    submit: async (id, { id: submitted, amends }) => {
      const also = amends ? ` for ${amends.submission_id} ${amends.expected_revision}` : "";
      await answer(`submit ${id} ${submitted}${also}`);
      return { submission_id: submitted, revision: 1 };
    },
  };
  const clock = makeClock();
  const outbox = new Outbox({ user, store, transport, later: clock.later });
  return { outbox, clock, calls, store };
}

test("it works: changes become one draft, the judgment follows, nothing is left behind", async () => {
  const { outbox, clock, calls, store } = setUp();
  const task = makeAssignment("t1");
  await outbox.record(task, "p", makeAnswers("A following 1"));
  await outbox.record(task, "p", makeAnswers("A following 1", "B following 2"));
  expect(outbox.view.get()).toMatchObject({ state: "saving", unsaved: 1 });
  await clock.pass(1000);
  expect(outbox.view.get()).toMatchObject({ state: "saved", unsaved: 0 });
  const receipts: string[] = [];
  await outbox.commit(task, "p", makeAnswers("A following 1"), submission("s1"), (receipt) =>
    receipts.push(receipt.submission_id),
  );
  await clock.pass(0);
  expect(calls).toEqual(["draft t1 2 2", "submit t1 s1"]);
  expect(receipts).toEqual(["s1"]);
  expect(store.rows.size).toBe(0);
});

test("revisions go on from the server's draft", async () => {
  const { outbox, clock, calls } = setUp();
  const task = makeAssignment("t1", 2, { draft: { revision: 7, answers: {} } });
  await outbox.record(task, "p", makeAnswers("A following 1"));
  await clock.pass(1000);
  expect(calls).toEqual(["draft t1 8 1"]);
});

test("offline it keeps trying, ever more slowly, and says so", async () => {
  const { outbox, clock, calls } = setUp([problem(0), problem(503), problem(0)]);
  await outbox.record(makeAssignment("t1"), "p", makeAnswers("A following 1"));
  await clock.pass(500);
  expect(outbox.view.get()).toMatchObject({ state: "offline", unsaved: 1, signedOut: false });
  await clock.pass(1000);
  expect(calls).toHaveLength(2);
  await clock.pass(1999);
  expect(calls).toHaveLength(2);
  await clock.pass(4001);
  expect(calls).toHaveLength(4);
  expect(outbox.view.get()).toMatchObject({ state: "saved", unsaved: 0 });
});

test("logged out it waits, and a new login sends the same judgment under the same id", async () => {
  const { outbox, clock, calls } = setUp([problem(401)]);
  await outbox.commit(makeAssignment("t1"), "p", makeAnswers(), submission("s1"), ignore);
  await clock.pass(0);
  expect(outbox.view.get()).toMatchObject({ state: "signedOut", signedOut: true, unsaved: 1 });
  outbox.resume();
  await clock.pass(0);
  expect(calls).toEqual(["submit t1 s1", "submit t1 s1"]);
  expect(outbox.view.get()).toMatchObject({ state: "saved", signedOut: false });
});

test("a reload sends what is left, only under the same user", async () => {
  const store = makeEntryStore();
  const before = setUp([problem(0)], store);
  await before.outbox.commit(makeAssignment("t1"), "p", makeAnswers(), submission("s1"), ignore);
  await before.clock.pass(0);
  const stranger = setUp([], store, "bob");
  await stranger.outbox.open();
  await stranger.clock.pass(60_000);
  expect(stranger.calls).toEqual([]);
  const after = setUp([], store);
  await after.outbox.open();
  expect(after.outbox.submitting()).toEqual(["t1"]);
  await after.clock.pass(0);
  expect(after.calls).toEqual(["submit t1 s1"]);
  expect(store.rows.size).toBe(0);
});

test("a refused judgment is kept with its faults and not sent again by itself", async () => {
  const faults = [{ code: "missing_rating", label: "A" }];
  const { outbox, clock, calls, store } = setUp([problem(422, { faults })]);
  await outbox.commit(makeAssignment("t1"), "p", makeAnswers(), submission("s1"), ignore);
  await clock.pass(100_000);
  expect(calls).toEqual(["submit t1 s1"]);
  const { state, refused } = outbox.view.get();
  expect(state).toBe("refused");
  expect(refused[0]?.problem?.faults).toEqual(faults);
  expect(store.rows.size).toBe(1);
  await outbox.discard("t1");
  expect(store.rows.size).toBe(0);
});

test("a draft that was overtaken is merged where the cells do not contradict", async () => {
  const theirs = { revision: 5, answers: makeAnswers("B quality 4") };
  const { outbox, clock, calls } = setUp([problem(409, theirs)]);
  const task = makeAssignment("t1");
  await outbox.record(task, "p", makeAnswers("A following 1"));
  await clock.pass(1000);
  expect(calls).toEqual(["draft t1 1 1", "draft t1 6 2"]);
  expect(outbox.answersFor(task).ratings).toHaveLength(2);
});

test("a contradiction waits for the annotator's choice", async () => {
  const theirs = { revision: 5, answers: makeAnswers("A following 4") };
  const { outbox, clock, calls } = setUp([problem(409, theirs)]);
  await outbox.record(makeAssignment("t1"), "p", makeAnswers("A following 1"));
  await clock.pass(100_000);
  expect(calls).toEqual(["draft t1 1 1"]);
  expect(outbox.view.get().state).toBe("conflict");
  await outbox.resolve("t1", makeAnswers("A following 4"));
  await clock.pass(0);
  expect(calls).toEqual(["draft t1 1 1", "draft t1 6 1"]);
  expect(outbox.view.get().state).toBe("saved");
});

test("only one request of an assignment is in flight, and the newest answers follow it", async () => {
  const store = makeEntryStore();
  const gates: (() => void)[] = [];
  const calls: number[] = [];
  const transport: Transport = {
    putDraft: (_id, revision) => {
      calls.push(revision);
      return new Promise((done) => gates.push(done));
    },
    submit: async () => ({ submission_id: "s", revision: 1 }),
  };
  const clock = makeClock();
  const outbox = new Outbox({ user: "ann", store, transport, later: clock.later });
  const task = makeAssignment("t1");
  await outbox.record(task, "p", makeAnswers("A following 1"));
  await clock.pass(500);
  await outbox.record(task, "p", makeAnswers("A following 2"));
  await outbox.record(task, "p", makeAnswers("A following 3"));
  await clock.pass(5000);
  expect(calls).toEqual([1]);
  gates[0]?.();
  await clock.pass(0);
  expect(calls).toEqual([1, 3]);
});

test("an unsent judgment can be taken back, a delivered one cannot", async () => {
  const { outbox, clock, calls } = setUp([problem(0)]);
  const task = makeAssignment("t1");
  await outbox.commit(task, "p", makeAnswers("A following 1"), submission("s1"), ignore);
  await clock.pass(0);
  expect(await outbox.withdraw("t1")).toBe(true);
  await clock.pass(100_000);
  expect(calls).toEqual(["submit t1 s1"]);
  await outbox.commit(task, "p", makeAnswers("A following 1"), submission("s2"), ignore);
  await clock.pass(0);
  expect(await outbox.withdraw("t1")).toBe(false);
});

test("the browser's database keeps entries per user", async () => {
  const store = await openEntryStore("test");
  const { outbox, clock } = setUp([problem(0)], { ...store, rows: new Map() });
  await outbox.commit(makeAssignment("t1"), "p", makeAnswers(), submission("s1"), ignore);
  await clock.pass(0);
  const again = await openEntryStore("test");
  await expect.poll(async () => (await again.all("ann")).length).toBe(1);
  expect(await again.all("bob")).toEqual([]);
  await again.delete("ann/t1");
  expect(await again.all("ann")).toEqual([]);
});

test("a judgment that was taken back and had arrived after all is amended by the next one", async () => {
  const { outbox, clock, calls, store } = setUp([
    problem(0),
    problem(409, { code: "assignment_submitted" }),
    problem(409, { code: "already_submitted" }),
  ]);
  const task = makeAssignment("t1");
  await outbox.commit(task, "p", makeAnswers("A following 1"), submission("s1"), ignore);
  await clock.pass(0);
  expect(await outbox.withdraw("t1")).toBe(true);
  await outbox.record(task, "p", makeAnswers("A following 2"));
  await clock.pass(1000);
  expect(outbox.view.get()).toMatchObject({ state: "saved", unsaved: 0 });
  await outbox.commit(task, "p", makeAnswers("A following 2"), submission("s2"), ignore);
  await clock.pass(0);
  expect(calls).toEqual(["submit t1 s1", "draft t1 1 1", "submit t1 s2", "submit t1 s2 for s1 1"]);
  expect(store.rows.size).toBe(0);
});

test("a refused judgment that is mended is sent anew, not as it was", async () => {
  const { outbox, clock, calls } = setUp([problem(422)]);
  const task = makeAssignment("t1");
  await outbox.commit(task, "p", makeAnswers("A following 1"), submission("s1"), ignore);
  await clock.pass(0);
  expect(outbox.view.get().refused[0]?.task).toEqual(task);
  await outbox.record(task, "p", makeAnswers("A following 2"));
  await clock.pass(1000);
  expect(calls).toEqual(["submit t1 s1", "draft t1 1 1"]);
});

test("where another tab leads nothing is sent or written; leading again it reads what is stored", async () => {
  const { outbox, clock, calls, store } = setUp();
  await outbox.record(makeAssignment("t1"), "p", makeAnswers("A following 1"));
  outbox.pause();
  await clock.pass(100_000);
  await outbox.record(makeAssignment("t2"), "p", makeAnswers("A following 1"));
  expect([calls, [...store.rows.keys()]]).toEqual([[], ["ann/t1"]]);
  expect(outbox.view.get()).toMatchObject({ unsaved: 0 });
  await outbox.open();
  await clock.pass(0);
  expect(calls).toEqual(["draft t1 1 1"]);
});

test("a browser that cannot store says so, and what it holds is sent all the same", async () => {
  const store = makeEntryStore();
  store.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  const { outbox, clock, calls } = setUp([problem(0)], store);
  await outbox.record(makeAssignment("t1"), "p", makeAnswers("A following 1"));
  expect(outbox.view.get()).toMatchObject({ volatile: true, stored: true, unsaved: 1 });
  await clock.pass(5000);
  expect(calls).toHaveLength(2);
});

test("Enter on a task with an open conflict asks for the choice first", async () => {
  const theirs = { revision: 5, answers: makeAnswers("A following 4") };
  const { outbox, clock } = setUp([problem(409, theirs)]);
  await outbox.record(makeAssignment("t1"), "p", makeAnswers("A following 1"));
  await clock.pass(1000);
  expect(outbox.askIfDisputed("t2")).toBe(false);
  expect(outbox.review.get()).toBe(false);
  expect(outbox.askIfDisputed("t1")).toBe(true);
  expect(outbox.review.get()).toBe(true);
});

test("a merge is told, so that the open task shows it", async () => {
  const theirs = { revision: 5, answers: makeAnswers("B quality 4") };
  const { outbox, clock } = setUp([problem(409, theirs)]);
  await outbox.record(makeAssignment("t1"), "p", makeAnswers("A following 1"));
  await clock.pass(1000);
  expect(outbox.merged.get()?.answers.ratings).toHaveLength(2);
});
