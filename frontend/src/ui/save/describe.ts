import type { Dispute } from "../../core/merge";
import type { Answers, Comparison, ProtocolDocument } from "../../core/model";
import type { Translator } from "../../i18n/translator";

/** What a dispute is about: an edit on a dimension, a pair, the comment, … */
export function subjectOf(
  words: Translator,
  { mine, theirs }: Dispute,
  document: ProtocolDocument | undefined,
): string {
  const marks = [...mine.cannot_judge, ...theirs.cannot_judge];
  const rating = [...mine.ratings, ...theirs.ratings][0];
  const pair = [...mine.comparisons, ...theirs.comparisons][0];
  const [mark] = marks;
  if (marks.some((one) => one.label === undefined)) return words.t("save.wholeTask");
  if (mark?.label) return words.t("save.edit", { label: mark.label });
  if (rating) {
    const dimension = nameOf(words, rating.dimension, document);
    return words.t("save.editOn", { label: rating.label, dimension });
  }
  if (pair) return words.t("save.pair", { left: pair.left, right: pair.right });
  return words.t("save.comment");
}

/** What one side says about it. */
export function said(
  words: Translator,
  answers: Answers,
  document: ProtocolDocument | undefined,
): string {
  const level = (dimension: string, value: number) => {
    const levels = document?.dimensions.find((item) => item.key === dimension)?.levels;
    const name = words.text(levels?.find((item) => item.value === value)?.name);
    return name ? `${words.number(value)} ${name}` : words.number(value);
  };
  const isOne = answers.ratings.length === 1;
  const parts = [
    ...answers.cannot_judge.map(() => words.t("save.cannotBeJudged")),
    ...answers.ratings.map(({ dimension, value }) =>
      isOne
        ? level(dimension, value)
        : `${nameOf(words, dimension, document)} ${level(dimension, value)}`,
    ),
    ...answers.comparisons.map((pair) => preference(words, pair)),
    ...answers.regions.map(() => words.t("save.region")),
    ...(answers.comment ? [answers.comment] : []),
  ];
  return parts.length > 0 ? parts.join(" · ") : words.t("save.nothingSaid");
}

function preference(words: Translator, { left, right, outcome }: Comparison): string {
  if (outcome !== "left" && outcome !== "right") return words.t("save.tie");
  return words.t("save.prefers", { label: outcome === "left" ? left : right });
}

/** The name of a dimension; its key where the page does not know the protocol. */
export function nameOf(
  words: Translator,
  key: string,
  document: ProtocolDocument | undefined,
): string {
  const dimension = document?.dimensions.find((item) => item.key === key);
  return dimension ? words.text(dimension.name) : key.replaceAll("_", " ");
}
