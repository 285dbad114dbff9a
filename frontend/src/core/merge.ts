import { canonicalText, noAnswers, sameAnswers } from "./answers";
import type { Answers, Comparison } from "./model";

/** One thing that two sides have changed, each in its own way. */
export interface Dispute {
  readonly key: string;
  readonly mine: Answers;
  readonly theirs: Answers;
}

export interface Merged {
  /** Both sides in one; mine where they contradict each other. */
  readonly answers: Answers;
  readonly disputes: readonly Dispute[];
}

/** What both sides made of the same answers: each keeps what it alone has changed. */
export function mergeAnswers(base: Answers, mine: Answers, theirs: Answers): Merged {
  const scope = scopeOf([base, mine, theirs]);
  const [before, own, other] = [base, mine, theirs].map((answers) => piecesOf(answers, scope)) as [
    Pieces,
    Pieces,
    Pieces,
  ];
  const chosen: Answers[] = [];
  const disputes: Dispute[] = [];
  for (const key of new Set([...own.keys(), ...other.keys()])) {
    const [b, m, t] = [before, own, other].map((pieces) => pieces.get(key) ?? noAnswers) as [
      Answers,
      Answers,
      Answers,
    ];
    const isTheirs = saysSame(m, b) ? !saysSame(t, b) : !saysSame(t, b) && isDoubt(t, m);
    chosen.push(isTheirs ? t : m);
    const isDisputed = ![saysSame(m, b), saysSame(t, b), saysSame(firm(m), firm(t))].some(Boolean);
    if (isDisputed) disputes.push({ key, mine: m, theirs: t });
  }
  return { answers: withDrawn(chosen.reduce(join, noAnswers), mine, theirs), disputes };
}

/** The merged answers with their side taken in the disputes of these keys. */
export function settleDisputes(merged: Merged, taken: ReadonlySet<string>): Answers {
  const lost = merged.disputes.filter((dispute) => taken.has(dispute.key));
  return lost.reduce(
    (answers, { mine, theirs }) => join(without(answers, mine), theirs),
    merged.answers,
  );
}

type Pieces = ReadonlyMap<string, Answers>;
type Scope = (label: string | undefined, key: string) => string;

/**
 * What belongs together: a mark "cannot judge" stands for all that is said about its edit or task,
 * so where the sides differ in one, the whole edit or task is one piece.
 */
function scopeOf(versions: readonly Answers[]): Scope {
  const differs = (label: string | undefined) => {
    const marks = versions.map((version) =>
      version.cannot_judge
        .filter((mark) => mark.label === label)
        .map(canonicalText)
        .sort()
        .join(),
    );
    return new Set(marks).size > 1;
  };
  const labels = new Set(versions.flatMap((version) => version.cannot_judge).map((m) => m.label));
  const torn = new Set([...labels].filter(differs));
  return (label, key) => {
    if (torn.has(undefined)) return "task";
    return label !== undefined && torn.has(label) ? `edit ${label}` : key;
  };
}

/** Answers in their smallest parts, each under a key that is the same on both sides. */
function piecesOf(answers: Answers, scope: Scope): Pieces {
  const pieces = new Map<string, Answers>();
  const add = (key: string, part: Partial<Answers>) =>
    pieces.set(key, join(pieces.get(key) ?? noAnswers, { ...noAnswers, ...part }));
  for (const rating of answers.ratings) {
    const { label, dimension } = rating;
    add(scope(label, `rating ${label} ${dimension}`), { ratings: [rating] });
  }
  for (const mark of answers.cannot_judge) {
    const key = `mark ${mark.label ?? ""} ${mark.dimension ?? ""}`;
    add(scope(mark.label, key), { cannot_judge: [mark] });
  }
  for (const reason of answers.reasons) {
    add(scope(reason.label, `reason ${canonicalText(reason)}`), { reasons: [reason] });
  }
  for (const region of answers.regions) {
    add(scope(region.label, `region ${canonicalText(region)}`), { regions: [region] });
  }
  for (const comparison of answers.comparisons) {
    if (comparison.outcome !== null) add(pairOf(comparison), { comparisons: [comparison] });
  }
  if (answers.comment !== "") add("comment", { comment: answers.comment });
  return pieces;
}

function join(one: Answers, other: Answers): Answers {
  return {
    ratings: [...one.ratings, ...other.ratings],
    cannot_judge: [...one.cannot_judge, ...other.cannot_judge],
    reasons: [...one.reasons, ...other.reasons],
    regions: [...one.regions, ...other.regions],
    comparisons: [...one.comparisons, ...other.comparisons],
    comment: one.comment || other.comment,
  };
}

function without(answers: Answers, part: Answers): Answers {
  const less = <T extends object>(list: readonly T[], gone: readonly T[]) => {
    const texts = new Set(gone.map(canonicalText));
    return list.filter((item) => !texts.has(canonicalText(item)));
  };
  return {
    ratings: less(answers.ratings, part.ratings),
    cannot_judge: less(answers.cannot_judge, part.cannot_judge),
    reasons: less(answers.reasons, part.reasons),
    regions: less(answers.regions, part.regions),
    comparisons: less(answers.comparisons, part.comparisons),
    comment: part.comment === "" ? answers.comment : "",
  };
}

/** Comparisons in the order they were asked, with the sides that were drawn where nothing is said. */
function withDrawn(answers: Answers, mine: Answers, theirs: Answers): Answers {
  const said = new Map(answers.comparisons.map((item) => [pairOf(item), item]));
  const pairs = new Map<string, Comparison>();
  for (const item of [...mine.comparisons, ...theirs.comparisons]) {
    const key = pairOf(item);
    const found = said.get(key) ?? (item.outcome === null ? item : undefined);
    if (found) pairs.set(key, found);
  }
  return { ...answers, comparisons: [...pairs.values()] };
}

function pairOf({ left, right, dimension }: Comparison): string {
  return `pair ${dimension ?? ""} ${[left, right].sort().join(" ")}`;
}

/** The same without a word on how sure one was. */
function firm(answers: Answers): Answers {
  return { ...answers, ratings: answers.ratings.map(({ unsure: _, ...rating }) => rating) };
}

/** Whether the first says the same as the second but is not sure of it. */
function isDoubt(one: Answers, other: Answers): boolean {
  return !saysSame(one, other) && saysSame(firm(one), firm(other)) && !saysSame(one, firm(one));
}

/** Whether two pieces say the same; which candidate stood on which side says nothing. */
function saysSame(one: Answers, other: Answers): boolean {
  const preferred = ({ comparisons }: Answers) =>
    comparisons.map(({ left, right, outcome }) =>
      outcome === "left" ? left : outcome === "right" ? right : "tie",
    );
  const rest = (answers: Answers) => ({ ...answers, comparisons: [] });
  return sameAnswers(rest(one), rest(other)) && preferred(one).join() === preferred(other).join();
}
