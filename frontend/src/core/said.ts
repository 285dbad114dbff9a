import type { Answers, Box, Outcome } from "./model";

type Maybe<T> = T | null | undefined;

/** A judgment's answers as the server gives them back, with null for what was not said. */
export interface Said {
  readonly ratings: readonly {
    label: string;
    dimension: string;
    value: number;
    unsure?: Maybe<boolean>;
  }[];
  readonly cannot_judge: readonly {
    label?: Maybe<string>;
    dimension?: Maybe<string>;
    reason: string;
  }[];
  readonly reasons: Answers["reasons"];
  readonly regions: readonly {
    label: string;
    dimension?: Maybe<string>;
    box: readonly number[];
    reason?: Maybe<string>;
  }[];
  readonly comparisons: readonly {
    left: string;
    right: string;
    dimension?: Maybe<string>;
    outcome: Outcome;
  }[];
  readonly comment: string;
}

/** The answers of a judgment in the shape in which the page keeps them. */
export function answersOfJudgment(said: Said): Answers {
  return {
    ratings: said.ratings.map(({ label, dimension, value, unsure }) => ({
      label,
      dimension,
      value,
      ...(unsure ? { unsure } : {}),
    })),
    cannot_judge: said.cannot_judge.map(({ label, dimension, reason }) => ({
      ...(label ? { label } : {}),
      ...(dimension ? { dimension } : {}),
      reason,
    })),
    reasons: said.reasons,
    regions: said.regions.map(({ label, dimension, box, reason }) => ({
      label,
      box: boxOf(box),
      ...(dimension ? { dimension } : {}),
      ...(reason ? { reason } : {}),
    })),
    comparisons: said.comparisons.map(({ left, right, dimension, outcome }) => ({
      left,
      right,
      outcome,
      ...(dimension ? { dimension } : {}),
    })),
    comment: said.comment,
  };
}

function boxOf([x0 = 0, y0 = 0, x1 = 1, y1 = 1]: readonly number[]): Box {
  return [x0, y0, x1, y1];
}
