import type { Box } from "./area.ts";
import type { PaintedMap } from "./maps.ts";

/** How the focused candidate is looked at. */
export type Tool = "pair" | "side" | "blink" | "slider" | "difference" | "map" | "outside";

/** The change map of the pair that is looked at. */
export type MapState =
  | { readonly status: "none" | "working" | "apart" | "failed" | "altered" }
  | { readonly status: "ready"; readonly map: PaintedMap; readonly box: Box };

/** What the comparison tools draw. */
export interface CompareState {
  readonly tool: Tool;
  /** The candidate that others are compared with instead of the source. */
  readonly pinned: string | null;
  /** Times per second that the blink goes there and back. */
  readonly rate: number;
  readonly isBlinking: boolean;
  /** Whether the blink shows what is compared with, not the candidate. */
  readonly isAway: boolean;
  /** How many times brighter the difference is drawn. */
  readonly gain: (typeof gains)[number];
  /** Where the slider stands, in parts of the pane. */
  readonly split: number;
  readonly hasLoupe: boolean;
  /** The intended area that the annotator drew, in parts of the frame. */
  readonly area: Box | null;
  readonly map: MapState;
}

export const slowest = 0.5;
export const fastest = 2.5;
export const gains = [1, 2, 4, 8, 16] as const;

/** Nothing is compared yet. */
export const plainState: CompareState = {
  tool: "pair",
  pinned: null,
  rate: 1,
  isBlinking: false,
  isAway: false,
  gain: 4,
  split: 0.5,
  hasLoupe: false,
  area: null,
  map: { status: "none" },
};

/** What starts anew with every task; speed, gain and the loupe are kept. */
export const perTask = {
  tool: "pair",
  pinned: null,
  isBlinking: false,
  isAway: false,
  split: 0.5,
  area: null,
  map: { status: "none" },
} as const satisfies Partial<CompareState>;
