import type { Answers, Cell, ServerDraft } from "./model";

/** Answers before anything was said. */
export const noAnswers: Answers = { ratings: [], cannot_judge: [], reasons: [], comment: "" };

/** Answers of a stored draft, with what an older page may have left out. */
export function answersOf(draft: ServerDraft | null): Answers {
  return { ...noAnswers, ...draft?.answers };
}

/** The level that a cell was given, or undefined. */
export function levelOf(answers: Answers, cell: Cell): number | undefined {
  return answers.ratings.find((rating) => isAt(rating, cell))?.value;
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

/** The answers with one level set; reasons of the cell stay only while its level stays low. */
export function rate(answers: Answers, cell: Cell, value: number, isLow: boolean): Answers {
  const others = answers.ratings.filter((rating) => !isAt(rating, cell));
  return {
    ...answers,
    ratings: [...others, { ...cell, value }],
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

function canonical(answers: Answers): string {
  const sorted = (list: readonly object[]) => list.map((item) => JSON.stringify(item)).sort();
  const { ratings, cannot_judge, reasons, comment } = answers;
  return JSON.stringify([sorted(ratings), sorted(cannot_judge), sorted(reasons), comment]);
}

function isAt(item: Cell, cell: Cell): boolean {
  return item.label === cell.label && item.dimension === cell.dimension;
}
