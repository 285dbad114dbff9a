import { expect, test } from "vitest";
import { makeAnswers, makeAssignment, settle } from "./testing";
import { at, setUp } from "./testingSession";

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

test("a level given again is no change to undo", async () => {
  const { session } = setUp([makeAssignment("t1")]);
  await session.advance();
  session.editor.rate({ label: "A", dimension: "following" }, 3, false);
  session.editor.rate({ label: "A", dimension: "following" }, 3, false);
  await session.undo();
  expect(session.state.get().answers.ratings).toEqual([]);
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
