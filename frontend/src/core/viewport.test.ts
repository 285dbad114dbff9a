import { expect, test } from "vitest";
import { random } from "./testing";
import {
  clamp,
  fit as fitted,
  framePoint,
  nextStop,
  type Point,
  type Port,
  panBy,
  pinch,
  to100,
  transformOf,
  type View,
  zoomAt,
} from "./viewport";

const runs = 2000;
const port: Port = {
  pane: { width: 716, height: 700 },
  frame: { width: 500, height: 400 },
  ratio: 1,
};

/** A pane, an image and a screen of any size. */
function anyPort(next: () => number): Port {
  const ratio = [1, 1.25, 1.5, 2, 2.625][Math.floor(next() * 5)] ?? 1;
  const pixels = (most: number) => Math.ceil(40 + next() * most);
  return {
    pane: { width: pixels(1900) / ratio, height: pixels(1000) / ratio },
    frame: { width: pixels(4000), height: pixels(4000) },
    ratio,
  };
}

/** The fitted view after some zooming and panning. */
function anyView(next: () => number, at: Port): View {
  const zoomed = zoomAt(fitted(at), 1 + next() * 20, anyPoint(next, at), at);
  return clamp(panBy(zoomed, (next() - 0.5) * 800, (next() - 0.5) * 800, at), at);
}

function anyPoint(next: () => number, { pane }: Port): Point {
  return { x: next() * pane.width, y: next() * pane.height };
}

/** The frame point under a pane point, before anything is rounded. */
function exactly(view: View, point: Point, { pane, frame, ratio }: Port): Point {
  return {
    x: view.x * frame.width + ((point.x - pane.width / 2) * ratio) / view.scale,
    y: view.y * frame.height + ((point.y - pane.height / 2) * ratio) / view.scale,
  };
}

/** Expects two frame points to be at most half a device pixel apart on the screen. */
function expectSame(shown: Point, meant: Point, { scale }: View): void {
  expect(Math.abs(shown.x - meant.x) * scale).toBeLessThanOrEqual(0.5 + 1e-6);
  expect(Math.abs(shown.y - meant.y) * scale).toBeLessThanOrEqual(0.5 + 1e-6);
}

test("it works: fit shows the whole frame in the middle", () => {
  const { left, top, factor } = transformOf(fitted(port), port);
  expect(factor).toBeCloseTo(716 / 500);
  expect(left).toBe(0);
  expect(top).toBe(Math.round((700 - 400 * factor) / 2));
});

test("the point under the pointer stays within half a device pixel, however often one zooms", () => {
  const next = random(7);
  for (let run = 0; run < runs; run += 1) {
    const at = anyPort(next);
    const point = anyPoint(next, at);
    let view = anyView(next, at);
    const meant = exactly(view, point, at);
    for (let turn = 0; turn < 10; turn += 1) {
      view = zoomAt(view, Math.exp(next() - 0.5), point, at);
      expectSame(framePoint(view, point, at), meant, view);
    }
  }
});

test("the points under two fingers stay within half a device pixel", () => {
  const next = random(11);
  for (let run = 0; run < runs; run += 1) {
    const at = anyPort(next);
    const view = to100({ x: next(), y: next() });
    const before = [anyPoint(next, at), anyPoint(next, at)] as const;
    const turn = 0.5 + next() * 3;
    const shift = anyPoint(next, at);
    const after = before.map(({ x, y }) => ({ x: x * turn + shift.x, y: y * turn + shift.y }));
    const [first, second] = after;
    const fingers = Math.hypot(before[0].x - before[1].x, before[0].y - before[1].y);
    if (!first || !second || fingers < 2) continue;
    const pinched = pinch(view, before, [first, second], at);
    const isFree = Math.abs(pinched.scale / view.scale - turn) < 1e-9;
    if (!isFree) continue;
    expectSame(framePoint(pinched, first, at), exactly(view, before[0], at), pinched);
    expectSame(framePoint(pinched, second, at), exactly(view, before[1], at), pinched);
  }
});

test("a drag moves the picture by as much", () => {
  const at = { ...port, ratio: 2 };
  const view = to100({ x: 0.5, y: 0.5 }, 4);
  const moved = transformOf(panBy(view, 30, -20, at), at);
  const start = transformOf(view, at);
  expect(moved.left - start.left).toBeCloseTo(30, 0);
  expect(moved.top - start.top).toBeCloseTo(-20, 0);
});

test("a view stays on the frame: no ground beside a side that is longer than the pane", () => {
  const next = random(13);
  for (let run = 0; run < runs; run += 1) {
    const at = anyPort(next);
    const wild = { x: next() * 9 - 4, y: next() * 9 - 4, scale: next() * 40 };
    const view = clamp(wild, at);
    const { left, top, factor } = transformOf(view, at);
    const half = 0.51 / at.ratio;
    const sides = [
      [left, at.frame.width * factor, at.pane.width],
      [top, at.frame.height * factor, at.pane.height],
    ] as const;
    for (const [start, length, pane] of sides) {
      if (length <= pane) expect(Math.abs(start - (pane - length) / 2)).toBeLessThan(half);
      else {
        expect(start).toBeLessThan(half);
        expect(start + length).toBeGreaterThan(pane - half);
      }
    }
    expect(clamp(view, at)).toEqual(view);
  }
});

test("corners fall on device pixels", () => {
  const next = random(17);
  for (let run = 0; run < runs; run += 1) {
    const at = anyPort(next);
    const { left, top } = transformOf(anyView(next, at), at);
    expect(Math.abs(left * at.ratio - Math.round(left * at.ratio))).toBeLessThan(1e-9);
    expect(Math.abs(top * at.ratio - Math.round(top * at.ratio))).toBeLessThan(1e-9);
  }
});

test("round magnifications follow each other, and end", () => {
  expect([0.3, 1, 1.432, 2, 16].map((scale) => nextStop(scale, 1))).toEqual([
    1 / 3,
    1.5,
    1.5,
    3,
    16,
  ]);
  expect([16, 2, 1, 0.6, 0.01].map((scale) => nextStop(scale, -1))).toEqual([
    12,
    1.5,
    2 / 3,
    1 / 2,
    0,
  ]);
});
