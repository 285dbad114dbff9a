import { isCovered, levelOf } from "./answers";
import type { Answers, Dimension, Level } from "./model";

/** The candidates that share a level of one dimension; without a level: not to be judged. */
export interface LineupGroup {
  readonly level: Level | null;
  readonly labels: readonly string[];
}

/** The candidates by level of one dimension, the highest level first; empty groups are left out. */
export function lineUp(
  dimension: Dimension,
  labels: readonly string[],
  answers: Answers,
): LineupGroup[] {
  const cell = (label: string) => ({ label, dimension: dimension.key });
  const judged = labels.filter((label) => !isCovered(answers, cell(label)));
  const groups: LineupGroup[] = [...dimension.levels].reverse().map((level) => ({
    level,
    labels: judged.filter((label) => levelOf(answers, cell(label)) === level.value),
  }));
  const covered = { level: null, labels: labels.filter((label) => !judged.includes(label)) };
  return [...groups, covered].filter((group) => group.labels.length > 0);
}
