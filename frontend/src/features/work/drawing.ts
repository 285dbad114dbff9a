import type { Box } from "../../core/model";
import { boxBetween, type Rect, toImage } from "../../core/regions";

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface DrawingOptions {
  /** Where the picture is drawn. */
  readonly image: () => Rect;
  /** One pixel of the picture, in 0..1. */
  readonly least: () => Point;
  /** Shows the box that is being drawn, or none. */
  readonly show: (box: Box | null) => void;
  readonly done: (box: Box) => void;
}

const slack = 4;

/** Drawing a box with a pointer: by a drag, or by a click on each of two opposite corners. */
export class Drawing {
  private readonly element: HTMLElement;
  private readonly options: DrawingOptions;
  private readonly ends = new AbortController();
  /** The corner where the box begins, in 0..1 of the picture. */
  private corner: Point | null = null;
  /** The pointer that is down, and where it came down on the screen. */
  private down: PointerEvent | null = null;

  constructor(element: HTMLElement, options: DrawingOptions) {
    this.element = element;
    this.options = options;
    const { signal } = this.ends;
    element.addEventListener("pointerdown", (event) => this.start(event), { signal });
    element.addEventListener("pointermove", (event) => this.move(event), { signal });
    element.addEventListener("pointerup", (event) => this.end(event), { signal });
    element.addEventListener("pointercancel", () => this.cancel(), { signal });
  }

  stop(): void {
    this.ends.abort();
    this.cancel();
  }

  /** A pointer draws, unless it pans: with Alt, another button, or a second finger. */
  private start(event: PointerEvent): void {
    if (event.button !== 0 || event.altKey) return;
    if (this.down) {
      this.handOver();
      return;
    }
    event.stopPropagation();
    this.element.setPointerCapture(event.pointerId);
    this.down = event;
    this.corner ??= this.at(event);
    this.show(event);
  }

  private move(event: PointerEvent): void {
    if (this.down ? event.pointerId === this.down.pointerId : this.corner) this.show(event);
  }

  private end(event: PointerEvent): void {
    if (event.pointerId !== this.down?.pointerId || !this.corner) return;
    const { clientX, clientY } = this.down;
    const isDrag = Math.hypot(event.clientX - clientX, event.clientY - clientY) > slack;
    const isSecond = this.distance(this.corner, event) > slack;
    this.down = null;
    if (!isDrag && !isSecond) return;
    const box = this.box(event);
    this.cancel();
    if (box) this.options.done(box);
  }

  private cancel(): void {
    this.corner = null;
    this.down = null;
    this.options.show(null);
  }

  /** Leaves two fingers to the stage, which has not heard of the first one. */
  private handOver(): void {
    const first = this.down;
    this.cancel();
    if (!first) return;
    const { pointerId, pointerType, clientX, clientY } = first;
    if (this.element.hasPointerCapture(pointerId)) this.element.releasePointerCapture(pointerId);
    const again = { pointerId, pointerType, clientX, clientY, bubbles: true };
    this.element.parentElement?.dispatchEvent(new PointerEvent("pointerdown", again));
  }

  private show(event: PointerEvent): void {
    this.options.show(this.box(event));
  }

  private box(event: PointerEvent): Box | null {
    return this.corner && boxBetween(this.corner, this.at(event), this.options.least());
  }

  private at({ clientX, clientY }: PointerEvent): Point {
    return toImage({ x: clientX, y: clientY }, this.options.image());
  }

  /** CSS pixels from a point of the picture to a pointer. */
  private distance({ x, y }: Point, { clientX, clientY }: PointerEvent): number {
    const { left, top, width, height } = this.options.image();
    return Math.hypot(left + x * width - clientX, top + y * height - clientY);
  }
}
