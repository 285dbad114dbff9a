import { expect, test } from "vitest";
import { ImageFailure } from "./images";
import type { Assignment } from "./model";
import { ApiError } from "./problem";
import type { SessionOptions, WorkSession } from "./session";
import { makeAssignment, settle } from "./testing";
import { rateAll, setUp as setUpSession } from "./testingSession";
import { questionsOf } from "./tieBreak";

/** A session over a pool of tasks in a project that wants ties broken. */
function setUp(pool: Assignment[], more: Partial<SessionOptions> = {}) {
  const made = setUpSession(pool, [], null, undefined, { tieBreak: true, ...more });
  const open = async () => {
    await made.session.advance();
    made.paint();
  };
  return { ...made, open };
}

const question = ({ tie }: WorkSession) => {
  const found = tie.question;
  return found && [found.left, found.right].sort().join("");
};

test("it works: after the last level the questions come, and Enter waits for their answers", async () => {
  const { session, clock, bodies, open } = setUp([makeAssignment("t1", 3), makeAssignment("t2")]);
  await open();
  expect(session.isReady).toBe(true);
  await rateAll(session);
  expect([session.isReady, question(session), session.tie.open]).toEqual([false, "AB", 2]);
  await session.submit();
  expect(session.state.get().task?.assignment.id).toBe("t1");
  session.tie.answer("left");
  expect(question(session)).toBe("BC");
  session.tie.answer("tie");
  expect([question(session), session.tie.open]).toEqual(["BC", 0]);
  const said = questionsOf(session.state.get().answers);
  await session.submit();
  await clock.pass(1000);
  expect(bodies[0]?.comparisons).toEqual(said);
  expect(session.state.get().task?.assignment.id).toBe("t2");
});

test("undo steps back through the answers, then to the level before them", async () => {
  const { session, open } = setUp([makeAssignment("t1", 3)]);
  await open();
  await rateAll(session);
  const sides = questionsOf(session.state.get().answers);
  session.tie.answer("left");
  session.tie.answer("right");
  await session.undo();
  expect([question(session), session.tie.open]).toEqual(["BC", 1]);
  await session.undo();
  expect([question(session), session.tie.open]).toEqual(["AB", 2]);
  expect(questionsOf(session.state.get().answers)).toEqual(sides);
  await session.undo();
  expect([session.state.get().mode, session.missing.length]).toEqual(["rate", 1]);
  session.editor.redo();
  expect(questionsOf(session.state.get().answers)).toEqual(sides);
  expect(question(session)).toBe("AB");
});

test("a task that is opened complete asks what is left, with the sides of its draft", async () => {
  const first = setUp([makeAssignment("t1", 3)]);
  await first.open();
  await rateAll(first.session);
  first.session.tie.answer("tie");
  const { answers } = first.session.state.get();
  const draft = { revision: 9, answers };
  const second = setUp([makeAssignment("t1", 3, { draft })]);
  await second.open();
  expect(second.session.state.get().answers.comparisons).toEqual(answers.comparisons);
  expect([question(second.session), second.session.tie.open]).toEqual(["BC", 1]);
  expect(second.outbox.entry("t1")).toBeUndefined();
});

test("boxes are added, moved as one step of undo, explained and removed", async () => {
  const { session, open } = setUp([makeAssignment("t1", 2)]);
  await open();
  const { regions } = session;
  regions.enter();
  expect([session.isReady, session.isOpen]).toEqual([false, true]);
  regions.add();
  const box = () => regions.chosen?.box;
  expect(box()).toEqual([0.25, 0.25, 0.75, 0.75]);
  for (let step = 0; step < 3; step += 1) regions.move(1, 0);
  expect(box()?.[0]).toBeCloseTo(0.25 + 3 / 1024, 5);
  await session.undo();
  expect(box()).toEqual([0.25, 0.25, 0.75, 0.75]);
  session.go({ label: "B" });
  expect([regions.isOn, regions.own, regions.chosen]).toEqual([true, [], undefined]);
  session.go({ label: "A" });
  regions.choose(0);
  regions.remove();
  expect(session.state.get().answers.regions).toEqual([]);
  regions.leave();
  expect(session.isReady).toBe(true);
});

test("a picture that fails blocks the task until it is given back, then the next one is there", async () => {
  let release = () => {};
  const gate = new Promise<void>((done) => {
    release = done;
  });
  const pool = [makeAssignment("t1", 2), makeAssignment("t2")];
  const { session, open } = setUp(pool, { handBack: () => gate });
  await open();
  await rateAll(session);
  session.tie.answer("tie");
  const failing = session.failImage("t1", new ImageFailure("A"));
  await session.submit();
  expect([session.isOpen, session.state.get().task?.assignment.id]).toEqual([false, "t1"]);
  release();
  await failing;
  const { task, returned } = session.state.get();
  expect([task?.assignment.id, returned]).toEqual(["t2", true]);
});

test("a task that cannot be given back stays, with what was said", async () => {
  const gone = new ApiError({ status: 0, code: "network", title: "Gone" });
  const { session, open } = setUp([makeAssignment("t1", 2)], {
    handBack: () => Promise.reject(gone),
  });
  await open();
  session.editor.rateAt(1);
  await session.failImage("t1", new ImageFailure("A"));
  await settle();
  const { task, answers, returned } = session.state.get();
  expect([task?.assignment.id, answers.ratings.length, returned]).toEqual(["t1", 1, false]);
  expect(session.isReady).toBe(true);
});
