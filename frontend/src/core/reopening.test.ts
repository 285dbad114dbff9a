import { expect, test } from "vitest";
import { ApiError } from "./problem";
import type { WorkSession } from "./session";
import { makeAnswers, makeAssignment } from "./testing";
import { rateAll, setUp } from "./testingSession";

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
  const back = { found: earlier, refused: null };
  const { session, clock, sent } = setUp([makeAssignment("t1")], [], null, back);
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

const tasks = (...names: string[]) => names.map((name) => makeAssignment(name));

/** Submits the open task with one level everywhere. */
async function judge(session: WorkSession, level: number): Promise<void> {
  await rateAll(session, level);
  await session.submit();
}

/** Two undos on an untouched task. */
async function goBack(session: WorkSession): Promise<string | undefined> {
  await session.undo();
  await session.undo();
  return session.state.get().task?.assignment.id;
}

test("undo goes back task by task, five at most, and says that there are no more", async () => {
  const names = ["t1", "t2", "t3", "t4", "t5", "t6", "t7"];
  const { session, clock, sent } = setUp(tasks(...names));
  await session.advance();
  for (const _ of [1, 2, 3, 4, 5, 6]) {
    await judge(session, 1);
    await clock.pass(0);
  }
  const seen = [];
  for (const _ of [1, 2, 3, 4, 5]) seen.push(await goBack(session));
  expect(seen).toEqual(["t6", "t5", "t4", "t3", "t2"]);
  expect(await goBack(session)).toBe("t2");
  expect(session.state.get().undoRefused).toBe("fault.amend_not_latest");
  await session.leaveReopened();
  expect(session.state.get().task?.assignment.id).toBe("t7");
  expect(sent).toHaveLength(6);
  expect(await goBack(session)).toBe("t6");
});

test("tasks of this page come before those of an earlier one, and of both there are five", async () => {
  const answers = makeAnswers("A following 1", "B following 1", "A quality 1", "B quality 1");
  const found = ["s4", "s3", "s2", "s1"].map((name) => ({
    assignment: makeAssignment(name),
    answers,
    receipt: { submission_id: name, revision: 1 },
  }));
  const back = { found, refused: null };
  const { session, clock } = setUp(tasks("t1", "t2", "t3"), [], null, back);
  await session.advance();
  await judge(session, 1);
  await judge(session, 1);
  await clock.pass(0);
  const seen = [];
  for (const _ of [1, 2, 3, 4, 5]) seen.push(await goBack(session));
  expect(seen).toEqual(["t2", "t1", "s4", "s3", "s2"]);
  expect(await goBack(session)).toBe("s2");
});

test("tasks that were not sent yet are called back one after the other and come again", async () => {
  const offline = () => new ApiError({ status: 0, title: "Offline", code: "offline" });
  const fails = Array.from({ length: 20 }, offline);
  const { session, clock, sent } = setUp(tasks("t1", "t2", "t3"), fails);
  await session.advance();
  await judge(session, 1);
  await judge(session, 1);
  await clock.pass(0);
  expect([await goBack(session), await goBack(session)]).toEqual(["t2", "t1"]);
  expect(session.state.get().submitted).toBe(0);
  fails.length = 0;
  await session.submit();
  expect(session.state.get().task?.assignment.id).toBe("t2");
  expect(session.missing).toEqual([]);
  await session.submit();
  expect(session.state.get().task?.assignment.id).toBe("t3");
  await clock.pass(0);
  expect(sent.map((item) => [item.assignment, item.amends])).toEqual([
    ["t1", null],
    ["t2", null],
  ]);
});

test("an amendment that was called back and left stands as it was first submitted", async () => {
  const { session, clock, sent } = setUp(tasks("t1", "t2"));
  await session.advance();
  await judge(session, 0);
  await clock.pass(0);
  await goBack(session);
  session.editor.rate({ label: "A", dimension: "following" }, 4, false);
  await session.submit();
  await goBack(session);
  await session.leaveReopened();
  await goBack(session);
  expect(session.state.get().answers.ratings.map((rating) => rating.value)).toEqual([1, 1, 1, 1]);
  expect(session.state.get().amends).toMatchObject({ revision: 1 });
  expect(sent).toHaveLength(1);
});

test("why there is nothing to reopen is said in the server's reason", async () => {
  const cases = [
    [{ found: [], refused: "adjudicated" }, "fault.amend_adjudicated"],
    [{ found: [], refused: "a new reason" }, "fault.amend_final"],
    [{ found: [], refused: null }, "fault.amend_nothing"],
    [null, "fault.amend_offline"],
  ] as const;
  for (const [back, said] of cases) {
    const { session } = setUp(tasks("t1"), [], null, back);
    await session.advance();
    await session.undo();
    expect(session.state.get()).toMatchObject({ undoArmed: false, undoRefused: said });
    session.go({ label: "B" });
    expect(session.state.get().undoRefused).toBeNull();
  }
});

test("while a judgment is handed over nothing can be changed or undone", async () => {
  const { session, paint } = setUp(tasks("t1", "t2"));
  await session.advance();
  paint();
  await rateAll(session);
  const { answers } = session.state.get();
  const submitting = session.submit();
  expect(session.isReady).toBe(false);
  session.editor.rate({ label: "A", dimension: "following" }, 4, false);
  await session.undo();
  expect(session.state.get().answers).toBe(answers);
  await submitting;
  expect(session.state.get().task?.assignment.id).toBe("t2");
});
