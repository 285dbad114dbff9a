import type { Assignment } from "./model";
import { detail, Placements, placeInFrame } from "./placement";
import { watchPointers } from "./stageGestures";
import { Store } from "./store";
import {
  clamp,
  cssMatrix,
  fitScale,
  fit as fitted,
  framePoint,
  nextStop,
  type Point,
  type Port,
  panBy,
  pinch,
  type Size,
  to100,
  transformOf,
  type View,
  zoomAt,
  zoomTo,
} from "./viewport";

/** One pane that shows the shared frame. */
export interface StagePane {
  /** The element that clips, and the one of the frame's size that moves in it. */
  readonly area: HTMLElement;
  readonly frame: HTMLElement;
  size: Size;
  /** Whether a picture in it has fewer pixels than the image itself. */
  isReduced: boolean;
}

const smoothBelow = 2;
const gestureEnd = 160;
const fittedWithin = 0.001;

/** The one view that all panes of the stage share; it writes their transforms outside React. */
export class StageView {
  /** The view, or null while the whole frame is fitted whatever the size of the pane. */
  readonly view = new Store<View | null>(null);
  readonly placements = new Placements();
  private readonly panes = new Set<StagePane>();
  private readonly observer = new ResizeObserver(() => this.measure());
  private task: Assignment | null = null;
  private last: Point = { x: 0.5, y: 0.5 };
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.placements.chosen.subscribe(() => this.apply());
  }

  /** Fits a new task; the same one again keeps its view. */
  open(task: Assignment): void {
    if (this.task?.id === task.id) return;
    this.task = task;
    this.last = { x: 0.5, y: 0.5 };
    this.view.set(null);
    this.apply();
  }

  /** Adds a pane. Returns how to remove it. */
  register(pane: StagePane): () => void {
    this.panes.add(pane);
    this.observer.observe(pane.area);
    this.measure();
    return () => {
      this.panes.delete(pane);
      this.observer.unobserve(pane.area);
    };
  }

  /** Between the whole image and a magnification, around where it was looked at last. */
  toggle(times = 1): void {
    if (this.view.get()?.scale === times) this.show(null);
    else this.change(() => to100(this.last, times));
  }

  /** To the next round magnification, around the middle. */
  step(direction: 1 | -1): void {
    const { pane } = this.port();
    const point = { x: pane.width / 2, y: pane.height / 2 };
    this.change((view, port) => zoomTo(view, nextStop(view.scale, direction), point, port));
  }

  /** Looks at a point, in 0..1 of the frame, at a magnification. */
  look(view: View): void {
    this.change(() => view);
  }

  /** Device pixels that the longest side of the whole frame takes at this zoom. */
  pixels(): number {
    const port = this.port();
    const scale = this.view.get()?.scale ?? fitScale(port);
    return Math.max(port.frame.width, port.frame.height) * scale;
  }

  /** The pane under a pointer and the point of the frame, in its pixels, that it shows there. */
  at(pointer: { clientX: number; clientY: number }): { pane: StagePane; point: Point } | null {
    const pane = this.under(pointer);
    if (!pane) return null;
    const port = this.port(pane);
    return { pane, point: framePoint(this.seen(port), within(pane, pointer), port) };
  }

  /** The part of the frame that the panes show, in 0..1 of it. */
  seenPart(): { left: number; top: number; width: number; height: number } {
    const port = this.port();
    const { x, y, scale } = this.seen(port);
    const part = (centre: number, pane: number, frame: number) => {
      const length = Math.min(1, (pane * port.ratio) / scale / frame);
      return { start: Math.max(0, centre - length / 2), length };
    };
    const across = part(x, port.pane.width, port.frame.width);
    const down = part(y, port.pane.height, port.frame.height);
    return { left: across.start, top: down.start, width: across.length, height: down.length };
  }

  /** Listens to wheel, drag and pinch on the stage. Returns how to stop. */
  attach(stage: HTMLElement): () => void {
    return watchPointers(stage, {
      wheel: (factor, pointer) =>
        this.move((view, port) => zoomAt(view, factor, this.local(pointer), port)),
      drag: (dx, dy) => {
        if (this.view.get()) this.move((view, port) => panBy(view, dx, dy, port));
      },
      pinch: (before, after) =>
        this.move((view, port) => pinch(view, this.localPair(before), this.localPair(after), port)),
    });
  }

  /** Writes every pane's transform anew, after a pane got other pictures. */
  apply(): void {
    const rendering = this.isMagnified() ? "pixelated" : "auto";
    for (const pane of this.panes) {
      const port = this.port(pane);
      const { left, top, factor } = transformOf(this.seen(port), port);
      const { style } = pane.frame;
      style.transform = cssMatrix(left, top, factor, factor);
      style.imageRendering = rendering;
    }
  }

  private measure(): void {
    for (const pane of this.panes) pane.size = sizeOf(pane.area);
    this.apply();
  }

  private change(next: (view: View, port: Port) => View): void {
    const port = this.port();
    const view = clamp(next(this.seen(port), port), port);
    const isFitted = Math.abs(view.scale / fitScale(port) - 1) < fittedWithin;
    this.show(isFitted ? null : view);
  }

  private move(next: (view: View, port: Port) => View): void {
    this.startGesture();
    this.change(next);
  }

  private show(view: View | null): void {
    if (view) this.last = { x: view.x, y: view.y };
    this.view.set(view);
    this.apply();
  }

  /** What a pane shows: the shared view, kept on the frame in a pane of its size. */
  private seen(port: Port): View {
    const view = this.view.get();
    return view ? clamp(view, port) : fitted(port);
  }

  private port(pane: StagePane | undefined = [...this.panes][0]): Port {
    const frame = this.task?.source ?? { width: 1, height: 1 };
    return { pane: pane?.size ?? { width: 1, height: 1 }, frame, ratio: devicePixelRatio };
  }

  /** Whether even the least magnified image is at 200 %, and every picture is all there. */
  private isMagnified(): boolean {
    if (!this.task || [...this.panes].some((pane) => pane.isReduced)) return false;
    const { source, candidates, id } = this.task;
    const details = candidates.map((image) =>
      detail(image, placeInFrame(image, source, this.placements.of(id, image.label))),
    );
    return this.seen(this.port()).scale / Math.max(1, ...details) >= smoothBelow;
  }

  /** Frames are layers of their own only while they move: a resting one is drawn sharply. */
  private startGesture(): void {
    clearTimeout(this.resting);
    for (const { frame } of this.panes) frame.style.willChange = "transform";
    this.resting = setTimeout(() => {
      for (const { frame } of this.panes) frame.style.willChange = "";
    }, gestureEnd);
  }

  private under(pointer: { clientX: number; clientY: number }): StagePane | undefined {
    const all = [...this.panes];
    return all.find(({ area }) => contains(area.getBoundingClientRect(), pointer)) ?? all[0];
  }

  /** A pointer's place in the pane under it. */
  private local(pointer: { clientX: number; clientY: number }): Point {
    const pane = this.under(pointer);
    return pane ? within(pane, pointer) : { x: 0, y: 0 };
  }

  /** The places of two fingers in the pane between them. */
  private localPair([a, b]: readonly [Point, Point]): [Point, Point] {
    const pane = this.under({ clientX: (a.x + b.x) / 2, clientY: (a.y + b.y) / 2 });
    const place = ({ x, y }: Point) =>
      pane ? within(pane, { clientX: x, clientY: y }) : { x: 0, y: 0 };
    return [place(a), place(b)];
  }
}

function contains(box: DOMRect, { clientX, clientY }: { clientX: number; clientY: number }) {
  return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
}

function within(pane: StagePane, pointer: { clientX: number; clientY: number }): Point {
  const { left, top } = pane.area.getBoundingClientRect();
  return { x: pointer.clientX - left, y: pointer.clientY - top };
}

function sizeOf(element: HTMLElement): Size {
  const { width, height } = element.getBoundingClientRect();
  return { width: Math.max(1, width), height: Math.max(1, height) };
}
