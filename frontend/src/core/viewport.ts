/** A size in any one unit. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What all panes look at: a centre in 0..1 of the frame, and device pixels per frame pixel. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** How a pane draws the frame: the top left corner and the factor, in CSS pixels. */
export interface Transform {
  readonly left: number;
  readonly top: number;
  readonly factor: number;
}

/** The largest magnification, in device pixels per frame pixel. */
export const maxScale = 16;

/** The scale at which the whole frame just fits a pane. */
export function fitScale(pane: Size, frame: Size, ratio: number): number {
  return Math.min(pane.width / frame.width, pane.height / frame.height) * ratio;
}

/** The view that shows the whole frame. */
export function fitView(pane: Size, frame: Size, ratio: number): View {
  return { x: 0.5, y: 0.5, scale: fitScale(pane, frame, ratio) };
}

/** The CSS transform of a pane for a view; corners fall on device pixels so that panes agree. */
export function transformOf(view: View, pane: Size, frame: Size, ratio: number): Transform {
  const factor = view.scale / ratio;
  const snap = (value: number) => Math.round(value * ratio) / ratio;
  return {
    left: snap(pane.width / 2 - view.x * frame.width * factor),
    top: snap(pane.height / 2 - view.y * frame.height * factor),
    factor,
  };
}

/** The view after zooming by a factor while the frame point under a pane point (CSS pixels) stays. */
export function zoomAt(
  view: View,
  factor: number,
  point: { x: number; y: number },
  pane: Size,
  frame: Size,
  ratio: number,
): View {
  const lowest = Math.min(fitScale(pane, frame, ratio), 1);
  const scale = Math.min(Math.max(view.scale * factor, lowest), maxScale);
  const reach = (offset: number, length: number) =>
    ((offset * ratio) / length) * (1 / view.scale - 1 / scale);
  return {
    x: view.x + reach(point.x - pane.width / 2, frame.width),
    y: view.y + reach(point.y - pane.height / 2, frame.height),
    scale,
  };
}

/** The view after dragging by CSS pixels. */
export function panBy(view: View, dx: number, dy: number, frame: Size, ratio: number): View {
  const moved = (delta: number, length: number) => (delta * ratio) / view.scale / length;
  return { ...view, x: view.x - moved(dx, frame.width), y: view.y - moved(dy, frame.height) };
}

/** The view kept on the frame: centred on a side that fits, within its edges on one that does not. */
export function clamp(view: View, pane: Size, frame: Size, ratio: number): View {
  const hold = (centre: number, paneLength: number, frameLength: number) => {
    const half = (paneLength * ratio) / view.scale / frameLength / 2;
    return half >= 0.5 ? 0.5 : Math.min(Math.max(centre, half), 1 - half);
  };
  return {
    ...view,
    x: hold(view.x, pane.width, frame.width),
    y: hold(view.y, pane.height, frame.height),
  };
}

/** Where an image lies in the frame: stretched over it within 2 % of its aspect, else contained. */
export function placeInFrame(image: Size, frame: Size): Size & { left: number; top: number } {
  const aspect = image.width / image.height / (frame.width / frame.height);
  if (Math.abs(aspect - 1) <= 0.02) return { left: 0, top: 0, ...frame };
  const width = aspect > 1 ? frame.width : frame.width * aspect;
  const height = aspect > 1 ? frame.height / aspect : frame.height;
  return { left: (frame.width - width) / 2, top: (frame.height - height) / 2, width, height };
}
