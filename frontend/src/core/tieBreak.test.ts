import { expect, test } from "vitest";
import { markCannotJudge, rate } from "./answers";
import type { Answers } from "./model";
import { makeAnswers } from "./testing";
import {
  answerQuestion,
  changedQuestion,
  nextOpen,
  openQuestions,
  questionsOf,
  secureCoin,
  tiedPairs,
  withQuestions,
} from "./tieBreak";

const dimensions = ["following", "quality"];
const asked = (letters: string) => ({ labels: [...letters], dimensions });

/** Answers in which each candidate has the two levels that are written after its letter. */
function levels(...texts: string[]): Answers {
  const ratings = texts.flatMap((text) => {
    const [label, following, quality] = text.split(" ");
    return [`${label} following ${following}`, `${label} quality ${quality}`];
  });
  return makeAnswers(...ratings);
}

const sides = (answers: Answers) => questionsOf(answers).map(({ left, right }) => left + right);

/** A coin that falls in a fixed order. */
function coinOf(...falls: boolean[]) {
  return () => falls.shift() ?? true;
}

test("it works: seven equal candidates are exactly six questions", () => {
  const equal = levels(
    ...[..."ABCDEFG"].map((label, index) => `${label} ${1 + (index % 3)} ${3 - (index % 3)}`),
  );
  const put = withQuestions(equal, asked("ABCDEFG"), coinOf());
  expect(sides(put)).toEqual(["AB", "BC", "CD", "DE", "EF", "FG"]);
  expect(openQuestions(put)).toHaveLength(6);
});

test("each group of equal sums is asked in presentation order, whatever lies between", () => {
  const mixed = levels("C 1 2", "A 4 4", "B 2 1", "D 4 4", "E 3 3", "F 2 1");
  expect(tiedPairs(mixed, asked("CABDEF"))).toEqual([
    ["C", "B"],
    ["A", "D"],
    ["B", "F"],
  ]);
});

test("sums of decimal levels are exact", () => {
  const decimal = levels("A 0.1 0.2", "B 0.3 0", "C 0.30001 0");
  expect(tiedPairs(decimal, asked("ABC"))).toEqual([["A", "B"]]);
});

test("nothing is asked before all is rated, and nothing without a tie", () => {
  const partly = makeAnswers("A following 2", "A quality 2", "B following 2");
  expect(withQuestions(partly, asked("AB"), coinOf())).toBe(partly);
  const different = levels("A 1 2", "B 1 3");
  expect(withQuestions(different, asked("AB"), coinOf())).toBe(different);
});

test("candidates that cannot be judged take no part", () => {
  const marked = markCannotJudge(levels("A 2 2", "B 2 2", "C 2 2"), "B", "broken");
  expect(sides(withQuestions(marked, asked("ABC"), coinOf()))).toEqual(["AC"]);
  const all = markCannotJudge(levels("A 2 2", "B 2 2"), undefined, "broken");
  expect(sides(withQuestions(all, asked("AB"), coinOf()))).toEqual([]);
});

test("sides are drawn once: asking again changes neither sides nor answers", () => {
  const put = withQuestions(levels("A 2 2", "B 2 2", "C 2 2"), asked("ABC"), coinOf(false, true));
  expect(sides(put)).toEqual(["BA", "BC"]);
  const answered = answerQuestion(put, 0, "left");
  const again = withQuestions(answered, asked("ABC"), coinOf(true, false));
  expect(again).toBe(answered);
  expect(questionsOf(again)[0]).toEqual({ left: "B", right: "A", outcome: "left" });
});

test("both sides come up", () => {
  const falls = new Set(Array.from({ length: 200 }, () => secureCoin()));
  expect(falls.size).toBe(2);
});

test("a changed rating drops the comparisons it touches and keeps the others", () => {
  const put = withQuestions(levels("A 2 2", "B 2 2", "C 2 2", "D 2 2"), asked("ABCD"), coinOf());
  const answered = [0, 1, 2].reduce((all, place) => answerQuestion(all, place, "tie"), put);
  const apart = rate(answered, { label: "B", dimension: "quality" }, 4, false);
  const left = withQuestions(apart, asked("ABCD"), coinOf());
  expect(questionsOf(left)).toEqual([
    { left: "A", right: "C", outcome: null },
    { left: "C", right: "D", outcome: "tie" },
  ]);
  const back = withQuestions(
    rate(left, { label: "B", dimension: "quality" }, 2, true),
    asked("ABCD"),
    coinOf(),
  );
  expect(sides(back)).toEqual(["AB", "BC", "CD"]);
  expect(openQuestions(back)).toHaveLength(2);
});

test("comparisons on one dimension are no questions and stay", () => {
  const said = { left: "A", right: "B", dimension: "quality", outcome: "left" } as const;
  const put = withQuestions(
    { ...levels("A 2 2", "B 1 3"), comparisons: [said] },
    asked("AB"),
    coinOf(),
  );
  expect(put.comparisons).toEqual([said, { left: "A", right: "B", outcome: null }]);
  expect(sides(put)).toEqual(["AB"]);
});

test("the next open question comes after the one just answered, from the start again", () => {
  const put = withQuestions(levels("A 2 2", "B 2 2", "C 2 2", "D 2 2"), asked("ABCD"), coinOf());
  const second = answerQuestion(put, 1, "right");
  expect(changedQuestion(second, put)).toBe(1);
  expect(changedQuestion(second, second)).toBe(-1);
  expect(nextOpen(second, 1)).toBe(2);
  expect(nextOpen(second, 2)).toBe(0);
  const all = answerQuestion(answerQuestion(second, 0, "tie"), 2, "tie");
  expect(nextOpen(all, 2)).toBe(-1);
});
