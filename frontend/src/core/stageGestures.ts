import type { Point } from "./viewport";

/** What wheel and pointers do on the stage; points and distances are in client pixels. */
export interface StageGestures {
  wheel(factor: number, pointer: { clientX: number; clientY: number }): void;
  drag(dx: number, dy: number): void;
  pinch(before: readonly [Point, Point], after: readonly [Point, Point]): void;
}

const wheelStep = 0.0015;
const touchpadStep = 0.01;
const lineHeight = 16;

/** Turns wheel, drag and pinch on an element into gestures. Returns how to stop. */
export function watchPointers(stage: HTMLElement, gestures: StageGestures): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const pointers = new Map<number, Point>();
  const onWheel = (event: WheelEvent) => {
    if (isAbove(event)) return;
    event.preventDefault();
    gestures.wheel(wheelFactor(event), event);
  };
  const onDown = (event: PointerEvent) => {
    if (event.button === 0 && !isAbove(event)) pointers.set(event.pointerId, placeOf(event));
  };
  const onMove = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = placeOf(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) gestures.pinch([before, other], [now, other]);
    else gestures.drag(now.x - before.x, now.y - before.y);
    pointers.set(event.pointerId, now);
  };
  const onUp = (event: PointerEvent) => pointers.delete(event.pointerId);
  stage.addEventListener("wheel", onWheel, { passive: false, signal });
  stage.addEventListener("pointerdown", onDown, { signal });
  window.addEventListener("pointermove", onMove, { signal });
  window.addEventListener("pointerup", onUp, { signal });
  window.addEventListener("pointercancel", onUp, { signal });
  return () => stop.abort();
}

/** Whether an event is meant for something over or under the images. */
function isAbove({ target }: Event): boolean {
  return target instanceof Element && target.closest("[popover], dialog, figcaption") !== null;
}

/** A pinch on a touchpad comes as a wheel with Ctrl and small steps. */
function wheelFactor(event: WheelEvent): number {
  const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeight : 1;
  return Math.exp(-event.deltaY * pixels * (event.ctrlKey ? touchpadStep : wheelStep));
}

function placeOf(event: PointerEvent): Point {
  return { x: event.clientX, y: event.clientY };
}
