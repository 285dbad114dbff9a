/** A text per language, as protocol documents hold it. */
export type Texts = Readonly<Record<string, string>>;

/** A pair of pictures that shows a level; images by the SHA-256 of their files. */
export interface Example {
  readonly source: string;
  readonly edit: string;
  readonly instruction?: Texts;
  readonly note?: Texts;
}

/** One step of a dimension's ordered scale. */
export interface Level {
  readonly value: number;
  readonly name: Texts;
  readonly text: Texts;
  readonly examples?: readonly Example[];
}

/** What a dimension looks at, in parts. */
export interface Criterion {
  readonly key: string;
  readonly name: Texts;
  readonly text: Texts;
}

/** One thing that is rated for every candidate. */
export interface Dimension {
  readonly key: string;
  readonly name: Texts;
  readonly question: Texts;
  readonly criteria: readonly Criterion[];
  readonly levels: readonly Level[];
}

/** A reason that annotators pick from a list; one with a dimension explains a low score there. */
export interface ReasonChoice {
  readonly key: string;
  readonly dimension?: string | null;
  readonly text: Texts;
}

/** The written protocol that one version freezes. */
export interface ProtocolDocument {
  readonly key: string;
  readonly number: number;
  readonly languages: readonly string[];
  readonly title: Texts;
  readonly guideline: Texts;
  readonly dimensions: readonly Dimension[];
  readonly cannot_judge_reasons: readonly ReasonChoice[];
  readonly low_score_reasons: readonly ReasonChoice[];
}

/** An image behind an opaque address; width and height are for layout and are never shown. */
export interface ImageRef {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** One edit, known by its letter only. */
export interface CandidateRef extends ImageRef {
  readonly label: string;
}

/** One level given to one candidate on one dimension. */
export interface Rating {
  readonly label: string;
  readonly dimension: string;
  readonly value: number;
  /** Whether the annotator was not sure of it; absent where nothing was said. */
  readonly unsure?: boolean;
}

/** Why a candidate, or without a label the whole task, cannot be judged. */
export interface CannotJudge {
  readonly label?: string;
  readonly dimension?: string;
  readonly reason: string;
}

/** Why a candidate got a low level. */
export interface LowReason {
  readonly label: string;
  readonly dimension: string;
  readonly reason: string;
}

/** Left, top, right and bottom of a box in 0..1 of the candidate's own image. */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number];

/** A place in a candidate's image, and what is wrong there. */
export interface Region {
  readonly label: string;
  readonly dimension?: string;
  readonly box: Box;
  readonly reason?: string;
}

export type Outcome = "left" | "right" | "tie";

/** Two candidates side by side and which one was preferred; null while only the sides are drawn. */
export interface Comparison {
  readonly left: string;
  readonly right: string;
  readonly dimension?: string;
  readonly outcome: Outcome | null;
}

/** All that an annotator has said about a task so far; the same shape in drafts and judgments. */
export interface Answers {
  readonly ratings: readonly Rating[];
  readonly cannot_judge: readonly CannotJudge[];
  readonly reasons: readonly LowReason[];
  readonly regions: readonly Region[];
  readonly comparisons: readonly Comparison[];
  readonly comment: string;
}

/** The server's copy of unfinished answers. */
export interface ServerDraft {
  readonly revision: number;
  readonly answers: Partial<Answers>;
}

/** One annotator's turn at one task. */
export interface Assignment {
  readonly id: string;
  readonly lease_expires_at: string;
  readonly protocol: string;
  readonly instruction: string;
  readonly instruction_lang: string;
  readonly instruction_translations: Texts;
  readonly source: ImageRef;
  readonly candidates: readonly CandidateRef[];
  /** The area that is meant to change, in white, where the project says it. */
  readonly edit_mask: ImageRef | null;
  readonly draft: ServerDraft | null;
}

/** Whether the sweep goes over one dimension first or over one candidate first. */
export type SweepOrder = "dimension" | "candidate";

/** A candidate and a dimension: one thing to rate. */
export interface Cell {
  readonly label: string;
  readonly dimension: string;
}
