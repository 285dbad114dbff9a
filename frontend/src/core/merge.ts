import { levelOf } from "./answers";
import type { Answers } from "./model";

/** Both sets of answers in one where they do not contradict each other, else undefined. */
export function mergeAnswers(mine: Answers, theirs: Answers): Answers | undefined {
  const contradicted = theirs.ratings.some((rating) => {
    const own = levelOf(mine, rating);
    return own !== undefined && own !== rating.value;
  });
  const comments = new Set([mine.comment, theirs.comment].filter((text) => text !== ""));
  if (contradicted || comments.size > 1 || !agreeOnJudging(mine, theirs)) return undefined;
  const added = theirs.ratings.filter((rating) => levelOf(mine, rating) === undefined);
  return {
    ratings: [...mine.ratings, ...added],
    cannot_judge: mine.cannot_judge,
    reasons: distinct([...mine.reasons, ...theirs.reasons]),
    comment: mine.comment || theirs.comment,
  };
}

function agreeOnJudging(mine: Answers, theirs: Answers): boolean {
  const texts = (answers: Answers) =>
    answers.cannot_judge
      .map((entry) => JSON.stringify([entry.label, entry.dimension, entry.reason]))
      .sort();
  return texts(mine).join() === texts(theirs).join();
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
