import { Store } from "./store";
import {
  clamp,
  fitScale,
  fitView,
  panBy,
  type Size,
  transformOf,
  type View,
  zoomAt,
} from "./viewport";

interface Pane {
  readonly area: HTMLElement;
  readonly frame: HTMLElement;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const wheelStep = 0.0015;

/** The one view that all panes of the stage share; it writes their transforms outside React. */
export class StageView {
  /** The view, or null while the whole frame is fitted whatever the size of the pane. */
  readonly view = new Store<View | null>(null);
  private readonly panes = new Set<Pane>();
  private readonly observer = new ResizeObserver(() => this.apply());
  private frame: Size = { width: 1, height: 1 };
  private widest = 1;

  /** Fits a new task: its frame, and the width of its widest image in that frame. */
  reset(frame: Size, widest: number): void {
    this.frame = frame;
    this.widest = widest;
    this.view.set(null);
    this.apply();
  }

  /** Adds a pane: the area that clips, and the frame that moves in it. Returns how to remove it. */
  register(area: HTMLElement, frame: HTMLElement): () => void {
    const pane = { area, frame };
    this.panes.add(pane);
    this.observer.observe(area);
    this.apply();
    return () => {
      this.panes.delete(pane);
      this.observer.unobserve(area);
    };
  }

  /** Between the whole image and one frame pixel per device pixel. */
  toggle(): void {
    if (this.view.get()) this.view.set(null);
    else this.change((view) => ({ ...view, scale: 1 }));
    this.apply();
  }

  /** Zooms around the middle. */
  by(factor: number): void {
    const { width, height } = this.size();
    this.zoom(factor, { x: width / 2, y: height / 2 });
  }

  /** Device pixels that the longest side of the whole frame takes at this zoom. */
  pixels(): number {
    const scale = this.view.get()?.scale ?? fitScale(this.size(), this.frame, devicePixelRatio);
    return Math.max(this.frame.width, this.frame.height) * scale;
  }

  /** Listens to wheel, drag and pinch on the stage. Returns how to stop. */
  attach(stage: HTMLElement): () => void {
    const pointers = new Map<number, Point>();
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * wheelStep), this.within(event));
    };
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0) return;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    };
    const onMove = (event: PointerEvent) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      if (pointers.size === 1) this.pan(now.x - before.x, now.y - before.y);
      else this.pinch([...pointers.entries()], event.pointerId, before, now);
      pointers.set(event.pointerId, now);
    };
    const onUp = (event: PointerEvent) => pointers.delete(event.pointerId);
    stage.addEventListener("wheel", onWheel, { passive: false });
    stage.addEventListener("pointerdown", onDown);
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", onUp);
    return () => {
      stage.removeEventListener("wheel", onWheel);
      stage.removeEventListener("pointerdown", onDown);
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", onUp);
    };
  }

  private pinch(all: [number, Point][], moved: number, before: Point, now: Point): void {
    const other = all.find(([id]) => id !== moved)?.[1];
    if (!other) return;
    const distance = (a: Point) => Math.max(1, Math.hypot(a.x - other.x, a.y - other.y));
    const middle = { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 };
    this.zoom(distance(now) / distance(before), this.within(middle));
  }

  private zoom(factor: number, point: Point): void {
    this.change((view) => zoomAt(view, factor, point, this.size(), this.frame, devicePixelRatio));
  }

  private pan(dx: number, dy: number): void {
    if (this.view.get()) this.change((view) => panBy(view, dx, dy, this.frame, devicePixelRatio));
  }

  private change(next: (view: View) => View): void {
    const pane = this.size();
    const now = this.view.get() ?? fitView(pane, this.frame, devicePixelRatio);
    const then = clamp(next(now), pane, this.frame, devicePixelRatio);
    this.view.set(then);
    this.apply();
  }

  private size(): Size {
    const [first] = this.panes;
    return first ? sizeOf(first.area) : { width: 1, height: 1 };
  }

  /** A pointer's place in the pane under it, or in the nearest one. */
  private within(at: { clientX: number; clientY: number }): Point {
    const boxes = [...this.panes].map((pane) => pane.area.getBoundingClientRect());
    const inside = boxes.find(
      (box) =>
        at.clientX >= box.left &&
        at.clientX <= box.right &&
        at.clientY >= box.top &&
        at.clientY <= box.bottom,
    );
    const box = inside ?? boxes[0];
    return { x: at.clientX - (box?.left ?? 0), y: at.clientY - (box?.top ?? 0) };
  }

  private apply(): void {
    for (const pane of this.panes) {
      const size = sizeOf(pane.area);
      const view = this.view.get() ?? fitView(size, this.frame, devicePixelRatio);
      const { left, top, factor } = transformOf(view, size, this.frame, devicePixelRatio);
      pane.frame.style.transform = `translate(${left}px, ${top}px) scale(${factor})`;
      const least = (view.scale * this.frame.width) / this.widest;
      pane.frame.style.imageRendering = least >= 2 ? "pixelated" : "auto";
    }
  }
}

function sizeOf(element: HTMLElement): Size {
  return { width: Math.max(1, element.clientWidth), height: Math.max(1, element.clientHeight) };
}
