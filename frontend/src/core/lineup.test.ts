import { expect, test } from "vitest";
import { markCannotJudge } from "./answers";
import { lineUp } from "./lineup";
import { makeAnswers, makeProtocol } from "./testing";

const [following] = makeProtocol().dimensions;

function groups(answers: ReturnType<typeof makeAnswers>) {
  if (!following) throw new Error("no dimension");
  const found = lineUp(following, ["A", "B", "C", "D"], answers);
  return found.map(({ level, labels }) => [level?.value ?? null, labels]);
}

test("candidates stand by level, the best first, in presentation order within one", () => {
  const answers = makeAnswers(
    "D following 4",
    "A following 2",
    "C following 4",
    "B following 1",
    "A quality 4",
  );
  expect(groups(answers)).toEqual([
    [4, ["C", "D"]],
    [2, ["A"]],
    [1, ["B"]],
  ]);
});

test("what cannot be judged stands apart, at the end", () => {
  const rated = makeAnswers("A following 1", "C following 1", "D following 3");
  expect(groups(markCannotJudge(rated, "B", "broken"))).toEqual([
    [3, ["D"]],
    [1, ["A", "C"]],
    [null, ["B"]],
  ]);
});
