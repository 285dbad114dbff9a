import { isCovered } from "./answers";
import type { UsedTool } from "./compare/usage";
import type { Answers, Dimension, ProtocolDocument } from "./model";

/** Whether a level explains itself by a low-score reason: the lower half of its scale. */
export function isLow(dimension: Dimension, value: number): boolean {
  const index = dimension.levels.findIndex((level) => level.value === value);
  return index >= 0 && index < dimension.levels.length / 2;
}

/** The low-score reasons that a dimension offers. */
export function reasonsFor(document: ProtocolDocument, dimension: string) {
  return document.low_score_reasons.filter(
    (reason) => !reason.dimension || reason.dimension === dimension,
  );
}

/** Facts about the judging itself, sent beside the ratings. */
export interface Circumstances {
  readonly language: string;
  readonly viewing: Readonly<Record<string, unknown>>;
  readonly activeMs: number;
  /** How the work went: stored beside the judgment, shown to nobody as a measure. */
  readonly telemetry?: Readonly<Record<string, unknown>>;
  /** Which tools were shown for which candidates, and how long. */
  readonly tools: readonly UsedTool[];
}

/** The body of a judgment: only what is said, nothing about covered candidates. */
export function judgmentBody(answers: Answers, about: Circumstances): Record<string, unknown> {
  const ratings = answers.ratings.filter((rating) => !isCovered(answers, rating));
  return {
    ratings,
    cannot_judge: answers.cannot_judge,
    reasons: answers.reasons.filter((reason) => !isCovered(answers, reason)),
    regions: answers.regions,
    comparisons: answers.comparisons.filter(({ outcome }) => outcome !== null),
    comment: answers.comment.trim(),
    language: about.language,
    viewing: about.viewing,
    tools: about.tools,
    active_ms: Math.round(about.activeMs),
    ...(about.telemetry && { telemetry: about.telemetry }),
  };
}
