import type { Answers, Cell, Rating, ServerDraft } from "./model";

/** Answers before anything was said. */
export const noAnswers: Answers = {
  ratings: [],
  cannot_judge: [],
  reasons: [],
  regions: [],
  comparisons: [],
  comment: "",
};

/** Answers of a stored draft, with what an older page may have left out. */
export function answersOf(draft: ServerDraft | null): Answers {
  return { ...noAnswers, ...draft?.answers };
}

/** The level that a cell was given, or undefined. */
export function levelOf(answers: Answers, cell: Cell): number | undefined {
  return ratingOf(answers, cell)?.value;
}

/** The rating of a cell, or undefined. */
export function ratingOf(answers: Answers, cell: Cell): Rating | undefined {
  return answers.ratings.find((rating) => isAt(rating, cell));
}

/** Whether a cell needs no rating because its candidate or the task cannot be judged. */
export function isCovered(answers: Answers, cell: Cell): boolean {
  return answers.cannot_judge.some(
    (entry) =>
      (entry.label === undefined || entry.label === cell.label) &&
      (entry.dimension === undefined || entry.dimension === cell.dimension),
  );
}

/** Whether nothing is left to say about a cell. */
export function isFilled(answers: Answers, cell: Cell): boolean {
  return isCovered(answers, cell) || levelOf(answers, cell) !== undefined;
}

/**
 * The answers with one level set; reasons of the cell stay only while its level stays low, and
 * comparisons of the candidate only while the level stays the same.
 */
export function rate(answers: Answers, cell: Cell, value: number, isLow: boolean): Answers {
  const before = ratingOf(answers, cell);
  const others = answers.ratings.filter((rating) => rating !== before);
  const { comparisons } = answers;
  return {
    ...answers,
    ratings: [...others, { ...before, label: cell.label, dimension: cell.dimension, value }],
    comparisons: before?.value === value ? comparisons : withoutLabel(comparisons, cell.label),
    cannot_judge: answers.cannot_judge.filter(
      (entry) => entry.label !== undefined && entry.label !== cell.label,
    ),
    reasons: isLow ? answers.reasons : answers.reasons.filter((reason) => !isAt(reason, cell)),
  };
}

/** The answers in which one candidate, or without a label the whole task, cannot be judged. */
export function markCannotJudge(
  answers: Answers,
  label: string | undefined,
  reason: string,
): Answers {
  if (label === undefined) {
    return { ...noAnswers, comment: answers.comment, cannot_judge: [{ reason }] };
  }
  const kept = answers.cannot_judge.filter(
    (entry) => entry.label !== undefined && entry.label !== label,
  );
  return {
    ...answers,
    ratings: answers.ratings.filter((rating) => rating.label !== label),
    reasons: answers.reasons.filter((low) => low.label !== label),
    regions: answers.regions.filter((region) => region.label !== label),
    comparisons: withoutLabel(answers.comparisons, label),
    cannot_judge: [...kept, { label, reason }],
  };
}

/** The answers without a "cannot judge" for one candidate, or without a label for the task. */
export function clearCannotJudge(answers: Answers, label: string | undefined): Answers {
  const kept = answers.cannot_judge.filter((entry) => entry.label !== label);
  return { ...answers, cannot_judge: kept };
}

/** The answers with a low-score reason added, or removed when it was there. */
export function toggleReason(answers: Answers, cell: Cell, reason: string): Answers {
  const same = (low: { reason: string } & Cell) => isAt(low, cell) && low.reason === reason;
  const reasons = answers.reasons.some(same)
    ? answers.reasons.filter((low) => !same(low))
    : [...answers.reasons, { ...cell, reason }];
  return { ...answers, reasons };
}

/** The answers with a rating marked as unsure, or as sure again; unchanged where there is none. */
export function toggleUnsure(answers: Answers, cell: Cell): Answers {
  const marked = answers.ratings.map((rating) => {
    if (!isAt(rating, cell)) return rating;
    const { unsure, ...sure } = rating;
    return unsure ? sure : { ...sure, unsure: true };
  });
  return { ...answers, ratings: marked };
}

/** Whether two sets of answers say the same, whatever the order they were given in. */
export function sameAnswers(a: Answers, b: Answers): boolean {
  return canonical(a) === canonical(b);
}

/** The first cell whose level differs between two sets of answers. */
export function changedCell(
  cells: readonly Cell[],
  answers: Answers,
  before: Answers,
): Cell | undefined {
  return cells.find((cell) => levelOf(answers, cell) !== levelOf(before, cell));
}

/** One text for everything that says the same: keys in order, nothing that is absent or null. */
export function canonicalText(item: object): string {
  const said = Object.entries(item).filter(
    ([, value]) => value !== undefined && value !== null && value !== false,
  );
  return JSON.stringify(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function canonical(answers: Answers): string {
  const sorted = (list: readonly object[]) => list.map(canonicalText).sort();
  const { ratings, cannot_judge, reasons, regions, comparisons, comment } = answers;
  const lists = [ratings, cannot_judge, reasons, regions, comparisons];
  return JSON.stringify([lists.map(sorted), comment]);
}

function withoutLabel(comparisons: Answers["comparisons"], label: string) {
  return comparisons.filter(({ left, right }) => left !== label && right !== label);
}

function isAt(item: Cell, cell: Cell): boolean {
  return item.label === cell.label && item.dimension === cell.dimension;
}
