import type { Size } from "../viewport";
import type { Box } from "./area.ts";

/** Where two pictures lie over each other within the frame. */
export interface Overlap {
  /** In frame pixels. */
  readonly frame: Box;
  /** In parts of each picture. */
  readonly reference: Box;
  readonly test: Box;
}

/** The overlap of two boxes in a frame; null where they do not meet. */
export function overlapOf(frame: Size, reference: Box, test: Box): Overlap | null {
  const left = Math.max(0, reference.left, test.left);
  const top = Math.max(0, reference.top, test.top);
  const right = Math.min(frame.width, reference.left + reference.width, test.left + test.width);
  const bottom = Math.min(frame.height, reference.top + reference.height, test.top + test.height);
  if (right - left < 1 || bottom - top < 1) return null;
  const shared = { left, top, width: right - left, height: bottom - top };
  return { frame: shared, reference: within(shared, reference), test: within(shared, test) };
}

/** A box in parts of another. */
function within(box: Box, whole: Box): Box {
  return {
    left: (box.left - whole.left) / whole.width,
    top: (box.top - whole.top) / whole.height,
    width: box.width / whole.width,
    height: box.height / whole.height,
  };
}
