import { expect, test } from "vitest";
import {
  levelOf,
  markCannotJudge,
  noAnswers,
  rate,
  ratingOf,
  sameAnswers,
  toggleUnsure,
} from "./answers";
import { judgmentBody } from "./judging";
import { mergeAnswers } from "./merge";
import type { Answers } from "./model";
import { answersOfJudgment } from "./said";
import { makeAnswers } from "./testing";

const cell = { label: "A", dimension: "quality" };
const region = { label: "A", box: [0.1, 0.2, 0.3, 0.4] } as const;
const circumstances = { language: "en", viewing: {}, activeMs: 1, tools: [] };

/** Answers with comparisons written as "A B left", or "A B" where only the sides are drawn. */
function compared(...texts: string[]): Answers {
  const comparisons = texts.map((text) => {
    const [left = "", right = "", outcome] = text.split(" ");
    const said = outcome as "left" | "right" | "tie" | undefined;
    return { left, right, outcome: said ?? null };
  });
  return { ...noAnswers, comparisons };
}

test("it works: unsure is set, kept through another level, and taken back", () => {
  const rated = rate(noAnswers, cell, 2, true);
  expect(toggleUnsure(noAnswers, cell)).toEqual(noAnswers);
  const unsure = rate(toggleUnsure(rated, cell), cell, 3, false);
  expect(ratingOf(unsure, cell)).toEqual({ ...cell, value: 3, unsure: true });
  expect(ratingOf(toggleUnsure(unsure, cell), cell)).toEqual({ ...cell, value: 3 });
});

test("another level drops the comparisons of its candidate, the same level none", () => {
  const rated = rate(compared("A B left", "C B tie"), cell, 2, true);
  expect(rated.comparisons).toEqual(compared("C B tie").comparisons);
  const again = { ...rated, comparisons: compared("A B left").comparisons };
  expect(rate(again, cell, 2, true).comparisons).toEqual(again.comparisons);
});

test("what cannot be judged has no region and no comparison", () => {
  const said = { ...compared("A B left", "C B tie"), regions: [region] };
  const marked = markCannotJudge(said, "A", "broken");
  expect(marked.regions).toEqual([]);
  expect(marked.comparisons).toEqual(compared("C B tie").comparisons);
});

test("the same is the same in any order of keys and lists, and with null for nothing", () => {
  const said = { ...makeAnswers("A quality 2", "B quality 3"), regions: [region] };
  const back = answersOfJudgment({
    ...noAnswers,
    comparisons: [],
    ratings: [
      { value: 3, unsure: false, dimension: "quality", label: "B" },
      { value: 2, unsure: null, dimension: "quality", label: "A" },
    ],
    regions: [{ reason: null, dimension: null, box: [0.1, 0.2, 0.3, 0.4], label: "A" }],
  });
  expect(sameAnswers(said, back)).toBe(true);
  expect(sameAnswers(said, { ...back, regions: [] })).toBe(false);
  expect(sameAnswers(said, toggleUnsure(said, cell))).toBe(false);
  expect(sameAnswers(said, { ...said, ...compared("A B tie") })).toBe(false);
});

test("disjoint regions and comparisons are merged, an answer goes before a drawing of sides", () => {
  const mine = { ...compared("A B", "C D left"), regions: [region] };
  const theirs = { ...compared("B A right", "D C right", "E F"), regions: [region] };
  const merged = mergeAnswers(noAnswers, mine, theirs).answers;
  expect(merged.regions).toEqual([region]);
  expect(merged.comparisons).toEqual(compared("B A right", "C D left", "E F").comparisons);
});

test("two answers to one comparison are a conflict", () => {
  expect(
    mergeAnswers(noAnswers, compared("A B left"), compared("A B right")).disputes,
  ).toHaveLength(1);
  expect(mergeAnswers(noAnswers, compared("A B left"), compared("B A left")).disputes).toHaveLength(
    1,
  );
  expect(mergeAnswers(noAnswers, compared("A B tie"), compared("A B left")).disputes).toHaveLength(
    1,
  );
});

test("a rating that either side is unsure of stays unsure", () => {
  const mine = makeAnswers("A quality 2", "B quality 3");
  const merged = mergeAnswers(noAnswers, mine, toggleUnsure(mine, cell)).answers;
  expect(merged && ratingOf(merged, cell)?.unsure).toBe(true);
  expect(merged && levelOf(merged, { label: "B", dimension: "quality" })).toBe(3);
});

test("a judgment carries regions and unsure, and only comparisons that were answered", () => {
  const rated = toggleUnsure(makeAnswers("A quality 2"), cell);
  const said = {
    ...rated,
    ...{ regions: [region] },
    comparisons: compared("A B", "B C tie").comparisons,
  };
  const body = judgmentBody(said, circumstances);
  expect(body).toMatchObject({
    ratings: [{ ...cell, value: 2, unsure: true }],
    regions: [region],
    comparisons: [{ left: "B", right: "C", outcome: "tie" }],
  });
});
