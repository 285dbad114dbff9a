import { canonicalText, levelOf, ratingOf } from "./answers";
import type { Answers, Comparison } from "./model";

/** Both sets of answers in one where they do not contradict each other, else undefined. */
export function mergeAnswers(mine: Answers, theirs: Answers): Answers | undefined {
  const contradicted = theirs.ratings.some((rating) => {
    const own = levelOf(mine, rating);
    return own !== undefined && own !== rating.value;
  });
  const comments = new Set([mine.comment, theirs.comment].filter((text) => text !== ""));
  const comparisons = mergeComparisons(mine.comparisons, theirs.comparisons);
  const agree = !contradicted && comments.size <= 1 && agreeOnJudging(mine, theirs);
  if (!agree || !comparisons) return undefined;
  return {
    ratings: mergeRatings(mine, theirs),
    cannot_judge: mine.cannot_judge,
    reasons: distinct([...mine.reasons, ...theirs.reasons]),
    regions: distinct([...mine.regions, ...theirs.regions]),
    comparisons,
    comment: mine.comment || theirs.comment,
  };
}

/** All ratings; one that either side is unsure of stays unsure. */
function mergeRatings(mine: Answers, theirs: Answers): Answers["ratings"] {
  const own = mine.ratings.map((rating) =>
    ratingOf(theirs, rating)?.unsure ? { ...rating, unsure: true } : rating,
  );
  return [...own, ...theirs.ratings.filter((rating) => levelOf(mine, rating) === undefined)];
}

/** All comparisons, an answer before a mere drawing of sides; undefined where two answers differ. */
function mergeComparisons(
  mine: readonly Comparison[],
  theirs: readonly Comparison[],
): readonly Comparison[] | undefined {
  const merged = new Map(mine.map((comparison) => [pairOf(comparison), comparison]));
  for (const other of theirs) {
    const own = merged.get(pairOf(other));
    if (!own || own.outcome === null) {
      merged.set(pairOf(other), own && other.outcome === null ? own : other);
    } else if (other.outcome !== null && preferred(own) !== preferred(other)) {
      return undefined;
    }
  }
  return [...merged.values()];
}

function pairOf({ left, right, dimension }: Comparison): string {
  return JSON.stringify([dimension, ...[left, right].sort()]);
}

function preferred({ left, right, outcome }: Comparison): string {
  if (outcome === null || outcome === "tie") return "";
  return outcome === "left" ? left : right;
}

function agreeOnJudging(mine: Answers, theirs: Answers): boolean {
  const texts = (answers: Answers) => answers.cannot_judge.map(canonicalText).sort();
  return texts(mine).join() === texts(theirs).join();
}

function distinct<T extends object>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [canonicalText(item), item])).values()];
}
