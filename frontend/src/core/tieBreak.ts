import { isCovered, levelOf } from "./answers";
import type { Answers, Comparison, Outcome } from "./model";
import { missingCells, sweepCells } from "./sweep";

/** What is rated of a task: its letters in presentation order, and the keys of the dimensions. */
export interface Asked {
  readonly labels: readonly string[];
  readonly dimensions: readonly string[];
}

/** Says whether the earlier one of a pair stands left. */
export type Coin = () => boolean;

/** A fair coin from the browser's secure source. */
export const secureCoin: Coin = () =>
  ((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) & 1) === 0;

const scale = 1_000_000;

/** The sum of a candidate's levels in millionths, exact; undefined where a part was not judged. */
export function sumOf(answers: Answers, label: string, dimensions: readonly string[]) {
  let sum = 0;
  for (const dimension of dimensions) {
    const level = levelOf(answers, { label, dimension });
    if (level === undefined || isCovered(answers, { label, dimension })) return undefined;
    sum += Math.round(level * scale);
  }
  return sum;
}

/** Candidates of equal sums as pairs of neighbours, in presentation order: m equal ones give m-1. */
export function tiedPairs(answers: Answers, { labels, dimensions }: Asked): [string, string][] {
  const latest = new Map<number, string>();
  const pairs: [string, string][] = [];
  for (const label of labels) {
    const sum = sumOf(answers, label, dimensions);
    if (sum === undefined) continue;
    const before = latest.get(sum);
    if (before !== undefined) pairs.push([before, label]);
    latest.set(sum, label);
  }
  return pairs;
}

/**
 * The answers with one comparison for each tied pair once every cell is filled: those there are stay
 * as they were asked, new ones get their sides by the coin, and those that are asked no more are gone.
 */
export function withQuestions(answers: Answers, asked: Asked, coin: Coin): Answers {
  const cells = sweepCells(asked.labels, asked.dimensions, "dimension");
  if (missingCells(cells, answers).length > 0) return answers;
  const ofDimensions = answers.comparisons.filter(({ dimension }) => dimension !== undefined);
  const questions = tiedPairs(answers, asked).map(
    (pair) => findQuestion(answers, pair) ?? drawn(pair, coin),
  );
  const comparisons = [...ofDimensions, ...questions];
  const isSame =
    comparisons.length === answers.comparisons.length &&
    comparisons.every((comparison) => answers.comparisons.includes(comparison));
  return isSame ? answers : { ...answers, comparisons };
}

/** The comparisons of the tie-break: those over all dimensions. */
export function questionsOf(answers: Answers): Comparison[] {
  return answers.comparisons.filter(({ dimension }) => dimension === undefined);
}

/** The questions of the tie-break that want an answer. */
export function openQuestions(answers: Answers): Comparison[] {
  return questionsOf(answers).filter(({ outcome }) => outcome === null);
}

/** The place of the next open question after one, from the start again; -1 where all are answered. */
export function nextOpen(answers: Answers, after: number): number {
  const questions = questionsOf(answers);
  const places = questions.map((_, step) => (after + 1 + step) % questions.length);
  return places.find((place) => questions[place]?.outcome === null) ?? -1;
}

/** The answers with one question of the tie-break answered. */
export function answerQuestion(answers: Answers, place: number, outcome: Outcome): Answers {
  const question = questionsOf(answers)[place];
  const comparisons = answers.comparisons.map((comparison) =>
    comparison === question ? { ...comparison, outcome } : comparison,
  );
  return { ...answers, comparisons };
}

/** The place of the first question that two sets of answers answer differently, or -1. */
export function changedQuestion(answers: Answers, before: Answers): number {
  return questionsOf(answers).findIndex((question) => {
    const other = findQuestion(before, [question.left, question.right]);
    return other !== undefined && other.outcome !== question.outcome;
  });
}

function findQuestion(answers: Answers, [a, b]: readonly [string, string]): Comparison | undefined {
  return questionsOf(answers).find(
    ({ left, right }) => (left === a && right === b) || (left === b && right === a),
  );
}

function drawn([earlier, later]: readonly [string, string], coin: Coin): Comparison {
  const [left, right] = coin() ? [earlier, later] : [later, earlier];
  return { left, right, outcome: null };
}
