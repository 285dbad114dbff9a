import { expect, test } from "vitest";
import { markCannotJudge, noAnswers, toggleReason } from "./answers";
import { mergeAnswers, settleDisputes } from "./merge";
import type { Answers } from "./model";
import { makeAnswers } from "./testing";

const texts = ({ ratings }: Answers) =>
  ratings.map(({ label, dimension, value }) => `${label} ${dimension} ${value}`).sort();

test("it works: each side keeps what it alone has changed, also where it took something back", () => {
  const base = makeAnswers("A following 1", "B following 2", "C following 3");
  const mine = makeAnswers("A following 4", "B following 2", "C following 3", "A quality 1");
  const theirs = makeAnswers("A following 1", "C following 2", "B quality 2");
  const { answers, disputes } = mergeAnswers(base, mine, theirs);
  expect(disputes).toEqual([]);
  expect(texts(answers)).toEqual(
    ["A following 4", "C following 2", "A quality 1", "B quality 2"].sort(),
  );
});

test("a cell that both changed differently is a dispute, the same change is none", () => {
  const mine = makeAnswers("A following 4", "B following 2", "A quality 1");
  const theirs = makeAnswers("A following 3", "B following 2", "B quality 2");
  const merged = mergeAnswers(noAnswers, mine, theirs);
  expect(merged.disputes.map(({ mine: m, theirs: t }) => [...texts(m), ...texts(t)])).toEqual([
    ["A following 4", "A following 3"],
  ]);
  expect(texts(settleDisputes(merged, new Set()))).toContain("A following 4");
  const taken = settleDisputes(merged, new Set(merged.disputes.map(({ key }) => key)));
  expect(texts(taken)).toEqual(
    ["A following 3", "B following 2", "A quality 1", "B quality 2"].sort(),
  );
});

test("an edit that one side cannot judge and the other rates is one dispute about the edit", () => {
  const mine = markCannotJudge(makeAnswers("B following 2"), "A", "broken");
  const theirs = makeAnswers("A following 3", "A quality 1");
  const merged = mergeAnswers(noAnswers, mine, theirs);
  expect(merged.disputes).toHaveLength(1);
  expect(texts(merged.answers)).toEqual(["B following 2"]);
  const taken = settleDisputes(merged, new Set(merged.disputes.map(({ key }) => key)));
  expect(taken.cannot_judge).toEqual([]);
  expect(texts(taken)).toEqual(["A following 3", "A quality 1", "B following 2"].sort());
});

test("a mark on the whole task disputes all that the other side added", () => {
  const base = makeAnswers("A following 1");
  const mine = markCannotJudge(base, undefined, "broken");
  const theirs = makeAnswers("A following 1", "B following 2");
  const merged = mergeAnswers(base, mine, theirs);
  expect(merged.disputes).toHaveLength(1);
  expect(merged.answers.cannot_judge).toEqual([{ reason: "broken" }]);
  expect(mergeAnswers(base, mine, base).disputes).toEqual([]);
});

test("comments contradict each other, reasons of both sides are kept", () => {
  const cell = { label: "A", dimension: "following" };
  const base = makeAnswers("A following 1");
  const mine = { ...toggleReason(base, cell, "blurred"), comment: "Mine" };
  const theirs = { ...toggleReason(base, cell, "wrong"), comment: "Theirs" };
  const merged = mergeAnswers(base, mine, theirs);
  expect(merged.answers.reasons.map(({ reason }) => reason)).toEqual(["blurred", "wrong"]);
  expect(merged.disputes.map(({ key }) => key)).toEqual(["comment"]);
  expect(settleDisputes(merged, new Set(["comment"])).comment).toBe("Theirs");
  expect(mergeAnswers(base, base, theirs).answers.comment).toBe("Theirs");
});
