import { expect, test } from "vitest";
import { clamp, fitView, panBy, placeInFrame, transformOf, zoomAt } from "./viewport";

const pane = { width: 716, height: 700 };
const frame = { width: 500, height: 400 };

/** A seeded source of numbers in 0..1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

test("it works: fit shows the whole frame in the middle", () => {
  const { left, top, factor } = transformOf(fitView(pane, frame, 1), pane, frame, 1);
  expect(factor).toBeCloseTo(716 / 500);
  expect(left).toBe(0);
  expect(top).toBe(Math.round((700 - 400 * factor) / 2));
});

test("the point under the pointer stays within half a device pixel", () => {
  const next = random(7);
  for (let run = 0; run < 500; run += 1) {
    const ratio = [1, 1.25, 1.5, 2][run % 4] ?? 1;
    let view = fitView(pane, frame, ratio);
    const point = { x: next() * pane.width, y: next() * pane.height };
    const before = under(view, ratio, point);
    view = zoomAt(view, 1 + next() * 6, point, pane, frame, ratio);
    const after = under(view, ratio, point);
    const drift = Math.hypot(after.x - before.x, after.y - before.y) * view.scale;
    expect(drift).toBeLessThan(0.5);
  }
});

function under(
  view: { x: number; y: number; scale: number },
  ratio: number,
  point: { x: number; y: number },
) {
  return {
    x: view.x * frame.width + ((point.x - pane.width / 2) * ratio) / view.scale,
    y: view.y * frame.height + ((point.y - pane.height / 2) * ratio) / view.scale,
  };
}

test("a drag moves the picture by as much", () => {
  const view = { x: 0.5, y: 0.5, scale: 4 };
  const moved = transformOf(panBy(view, 30, -20, frame, 2), pane, frame, 2);
  const start = transformOf(view, pane, frame, 2);
  expect(moved.left - start.left).toBeCloseTo(30, 0);
  expect(moved.top - start.top).toBeCloseTo(-20, 0);
});

test("the view stays on the frame, and in the middle of a side that fits", () => {
  const far = clamp({ x: 9, y: -3, scale: 4 }, pane, frame, 1);
  const { left, top } = transformOf(far, pane, frame, 1);
  expect(left).toBe(pane.width - frame.width * 4);
  expect(top).toBe(0);
  expect(clamp({ x: 0.1, y: 0.9, scale: 0.5 }, pane, frame, 1)).toEqual({
    x: 0.5,
    y: 0.5,
    scale: 0.5,
  });
});

test("corners fall on device pixels", () => {
  const { left, top } = transformOf({ x: 0.333, y: 0.777, scale: 1.7 }, pane, frame, 1.5);
  expect((left * 1.5) % 1).toBeCloseTo(0);
  expect((top * 1.5) % 1).toBeCloseTo(0);
});

test("an image within 2 % of the frame's aspect is stretched, another is contained", () => {
  expect(placeInFrame({ width: 512, height: 409 }, frame)).toEqual({ left: 0, top: 0, ...frame });
  expect(placeInFrame({ width: 100, height: 100 }, frame)).toEqual({
    left: 50,
    top: 0,
    width: 400,
    height: 400,
  });
});
