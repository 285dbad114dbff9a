/** A size in any one unit. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What all panes look at: a centre in 0..1 of the frame, and device pixels per frame pixel. */
export interface View extends Point {
  readonly scale: number;
}

/** One pane: its size in CSS pixels, the frame in source pixels, device pixels per CSS pixel. */
export interface Port {
  readonly pane: Size;
  readonly frame: Size;
  readonly ratio: number;
}

/** How a pane draws the frame: the top left corner and the factor, in CSS pixels. */
export interface Transform {
  readonly left: number;
  readonly top: number;
  readonly factor: number;
}

/** The largest magnification, in device pixels per frame pixel. */
export const maxScale = 16;

const stops = [1 / 16, 1 / 8, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 1.5, 2, 3, 4, 6, 8, 12, maxScale];
const closeEnough = 1.001;
const barelyMore = 1.000000001;

/** The scale at which the whole frame just fits the pane. */
export function fitScale({ pane, frame, ratio }: Port): number {
  return Math.min(pane.width / frame.width, pane.height / frame.height) * ratio;
}

/** The view that shows the whole frame. */
export function fit(port: Port): View {
  return { x: 0.5, y: 0.5, scale: fitScale(port) };
}

/** One frame pixel per device pixel, or a multiple of it, around a centre. */
export function to100({ x, y }: Point, times = 1): View {
  return { x, y, scale: times };
}

/** The view after zooming by a factor while the frame point under a pane point (CSS pixels) stays. */
export function zoomAt(view: View, factor: number, point: Point, port: Port): View {
  return zoomTo(view, view.scale * factor, point, port);
}

/** The same, to a scale. */
export function zoomTo(view: View, wanted: number, point: Point, port: Port): View {
  const scale = holdScale(wanted, port);
  const { pane, frame, ratio } = port;
  const reach = (offset: number, length: number) =>
    ((offset * ratio) / length) * (1 / view.scale - 1 / scale);
  return {
    x: view.x + reach(point.x - pane.width / 2, frame.width),
    y: view.y + reach(point.y - pane.height / 2, frame.height),
    scale,
  };
}

/** The next round magnification above or below a scale. */
export function nextStop(scale: number, direction: 1 | -1): number {
  if (direction > 0) return stops.find((stop) => stop > scale * closeEnough) ?? maxScale;
  return stops.findLast((stop) => stop * closeEnough < scale) ?? 0;
}

/** The view after dragging by CSS pixels. */
export function panBy(view: View, dx: number, dy: number, { frame, ratio }: Port): View {
  const moved = (delta: number, length: number) => (delta * ratio) / view.scale / length;
  return { ...view, x: view.x - moved(dx, frame.width), y: view.y - moved(dy, frame.height) };
}

/** The view after two fingers moved: the frame points under both stay under them. */
export function pinch(
  view: View,
  before: readonly [Point, Point],
  after: readonly [Point, Point],
  port: Port,
): View {
  const from = middle(before);
  const to = middle(after);
  const moved = panBy(view, to.x - from.x, to.y - from.y, port);
  return zoomAt(moved, distance(after) / distance(before), to, port);
}

/** The view kept on the frame: centred on a side that fits, within its edges on one that does not. */
export function clamp(view: View, port: Port): View {
  const { pane, frame, ratio } = port;
  const scale = holdScale(view.scale, port);
  const hold = (centre: number, paneLength: number, frameLength: number) => {
    const half = (paneLength * ratio) / scale / frameLength / 2;
    return half >= 0.5 ? 0.5 : Math.min(Math.max(centre, half), 1 - half);
  };
  return {
    x: hold(view.x, pane.width, frame.width),
    y: hold(view.y, pane.height, frame.height),
    scale,
  };
}

/** The transform of a pane for a view; its corner falls on a device pixel so that panes agree. */
export function transformOf(view: View, { pane, frame, ratio }: Port): Transform {
  const factor = view.scale / ratio;
  const snap = (value: number) => Math.round(value * ratio) / ratio;
  return {
    left: snap(pane.width / 2 - view.x * frame.width * factor),
    top: snap(pane.height / 2 - view.y * frame.height * factor),
    factor,
  };
}

/**
 * A transform for a style. Browsers keep a matrix in double precision but a mere translation in
 * single precision, and then round it by where the pane lies: a factor of 1 is written as barely more.
 */
export function cssMatrix(left: number, top: number, across: number, down: number): string {
  const exact = (factor: number) => (factor === 1 ? barelyMore : factor);
  return `matrix(${exact(across)}, 0, 0, ${exact(down)}, ${left}, ${top})`;
}

/** The point of the frame, in its pixels, that a pane shows at a point of its own (CSS pixels). */
export function framePoint(view: View, point: Point, port: Port): Point {
  const { left, top, factor } = transformOf(view, port);
  return { x: (point.x - left) / factor, y: (point.y - top) / factor };
}

function holdScale(scale: number, port: Port): number {
  return Math.min(Math.max(scale, Math.min(fitScale(port), 1)), maxScale);
}

function middle([a, b]: readonly [Point, Point]): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance([a, b]: readonly [Point, Point]): number {
  return Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
}
