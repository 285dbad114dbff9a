import { Store } from "./store";
import type { Point, Size } from "./viewport";

/** How an image of another shape than the frame is laid into it. */
export type Fitting = "contain" | "cover" | "stretch";

/** A fitting, and a shift in frame pixels. */
export interface Placement extends Point {
  readonly fitting: Fitting;
}

/** A rectangle in frame pixels. */
export interface Rect extends Size {
  readonly left: number;
  readonly top: number;
}

/** All fittings, in the order in which they are offered. */
export const fittings: readonly Fitting[] = ["contain", "cover", "stretch"];

/** One fiftieth: in whole numbers the limit is exact. */
const tolerance = 50;

/** Whether an image has the frame's shape but for 2 %: then it is stretched over it. */
export function fillsFrame(image: Size, frame: Size): boolean {
  const same = image.height * frame.width;
  return Math.abs(image.width * frame.height - same) * tolerance <= same;
}

/** How an image lies in the frame until something else is chosen. */
export function usualPlacement(image: Size, frame: Size): Placement {
  return { fitting: fillsFrame(image, frame) ? "stretch" : "contain", x: 0, y: 0 };
}

/** Where an image lies in the frame. */
export function placeInFrame(
  image: Size,
  frame: Size,
  { fitting, x, y } = usualPlacement(image, frame),
): Rect {
  const [across, down] = factors(fitting, image, frame);
  const width = image.width * across;
  const height = image.height * down;
  return {
    left: (frame.width - width) / 2 + x,
    top: (frame.height - height) / 2 + y,
    width,
    height,
  };
}

function factors(fitting: Fitting, image: Size, frame: Size): readonly [number, number] {
  const across = frame.width / image.width;
  const down = frame.height / image.height;
  if (fitting === "stretch") return [across, down];
  const both = fitting === "contain" ? Math.min(across, down) : Math.max(across, down);
  return [both, both];
}

/** The point of an image, in 0..1 of itself, that lies at a point of the frame. */
export function imagePoint(point: Point, rect: Rect): Point {
  return { x: (point.x - rect.left) / rect.width, y: (point.y - rect.top) / rect.height };
}

/** The part of an image, in its own pixels from each edge, that the frame cuts off. */
export function cutOff(image: Size, rect: Rect, frame: Size) {
  const across = image.width / rect.width;
  const down = image.height / rect.height;
  return {
    top: Math.max(0, -rect.top) * down,
    right: Math.max(0, rect.left + rect.width - frame.width) * across,
    bottom: Math.max(0, rect.top + rect.height - frame.height) * down,
    left: Math.max(0, -rect.left) * across,
  };
}

/** Image pixels per frame pixel on the finer side. */
export function detail(image: Size, rect: Rect): number {
  return Math.max(image.width / rect.width, image.height / rect.height);
}

/** What was chosen for single candidates, for as long as the page is open. */
export class Placements {
  readonly chosen = new Store<ReadonlyMap<string, Placement>>(new Map());

  /** The choice for a candidate of a task, if there is one. */
  of(task: string, label: string): Placement | undefined {
    return this.chosen.get().get(keyOf(task, label));
  }

  set(task: string, label: string, placement: Placement): void {
    this.chosen.set(new Map([...this.chosen.get(), [keyOf(task, label), placement]]));
  }
}

function keyOf(task: string, label: string): string {
  return `${task} ${label}`;
}
