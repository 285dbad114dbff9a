import { expect, test } from "vitest";
import { markCannotJudge, noAnswers, rate, toggleReason } from "./answers";
import { missingCells, nextEmpty, sweepCells } from "./sweep";
import { makeAnswers } from "./testing";

const labels = ["A", "B"];
const dimensions = ["following", "quality"];
const cells = sweepCells(labels, dimensions, "dimension");
const cell = (text: string) => {
  const [label = "", dimension = ""] = text.split(" ");
  return { label, dimension };
};

test("it works: one dimension across all candidates, then the next", () => {
  expect(cells).toEqual(["A following", "B following", "A quality", "B quality"].map(cell));
});

test("the other order takes one candidate on all dimensions", () => {
  const order = sweepCells(labels, dimensions, "candidate");
  expect(order).toEqual(["A following", "A quality", "B following", "B quality"].map(cell));
});

test("the next empty cell skips what is filled and comes round to the start", () => {
  const answers = makeAnswers("B following 2", "B quality 1");
  expect(nextEmpty(cells, answers, cell("A following"))).toEqual(cell("A quality"));
  expect(nextEmpty(cells, answers, cell("B quality"))).toEqual(cell("A following"));
});

test("with everything filled there is no next cell", () => {
  const answers = makeAnswers("A following 1", "B following 2", "A quality 3", "B quality 4");
  expect(nextEmpty(cells, answers, cell("A following"))).toBeUndefined();
  expect(missingCells(cells, answers)).toEqual([]);
});

test("a candidate that cannot be judged wants no ratings, and loses those it had", () => {
  const answers = markCannotJudge(makeAnswers("A following 1", "B following 2"), "A", "broken");
  expect(answers.ratings).toEqual([{ ...cell("B following"), value: 2 }]);
  expect(missingCells(cells, answers)).toEqual([cell("B quality")]);
});

test("a task that cannot be judged wants nothing at all", () => {
  const answers = markCannotJudge(makeAnswers("A following 1"), undefined, "broken");
  expect(answers.cannot_judge).toEqual([{ reason: "broken" }]);
  expect(missingCells(cells, answers)).toEqual([]);
});

test("rating a candidate takes its cannot-judge back", () => {
  const marked = markCannotJudge(noAnswers, "A", "broken");
  expect(rate(marked, cell("A quality"), 3, false).cannot_judge).toEqual([]);
});

test("rating after the whole task was marked takes that back too", () => {
  const marked = markCannotJudge(noAnswers, undefined, "broken");
  expect(rate(marked, cell("A quality"), 3, false).cannot_judge).toEqual([]);
});

test("a reason goes with its low level", () => {
  const low = toggleReason(
    rate(noAnswers, cell("A quality"), 1, true),
    cell("A quality"),
    "blurred",
  );
  expect(low.reasons).toHaveLength(1);
  expect(rate(low, cell("A quality"), 2, true).reasons).toHaveLength(1);
  expect(rate(low, cell("A quality"), 4, false).reasons).toEqual([]);
});
