import { expect, test } from "vitest";
import {
  type Box,
  displayLevel,
  packSheet,
  pairCaption,
  pairDirection,
  placePair,
  placeSheet,
  type Space,
  sheetCaption,
  sheetPage,
} from "./layout";
import { random } from "./testing";
import type { Size } from "./viewport";

const size = { width: 1440, height: 736 };
const spacing = { gutter: 8, caption: 24 };

function spaceOf(width: number, height: number, ratio = 1): Space {
  return { left: 0, top: 48, width, height, ratio };
}

function bruteForce(count: number, aspect: number, { width, height }: Size): number {
  let best = 0;
  for (let rows = 1; rows <= count; rows += 1) {
    for (let columns = 1; columns <= count; columns += 1) {
      if (rows * columns < count) continue;
      const across = (width - (columns - 1) * spacing.gutter) / columns;
      const down = (height - (rows - 1) * spacing.gutter) / rows - spacing.caption;
      best = Math.max(best, Math.min(across, down * aspect));
    }
  }
  return best;
}

/** Expects panes with their captions inside the stage and clear of each other, on CSS and device pixels. */
function expectClear(boxes: readonly Box[], caption: number, space: Space): void {
  boxes.forEach((box, index) => {
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.left + box.width).toBeLessThanOrEqual(space.width + 1e-6);
    expect(box.top + box.height + caption).toBeLessThanOrEqual(space.height + 1e-6);
    for (const other of boxes.slice(index + 1)) {
      const isBeside = box.left + box.width <= other.left || other.left + other.width <= box.left;
      const isBelow = box.top + box.height + caption <= other.top;
      const isAbove = other.top + other.height + caption <= box.top;
      expect(isBeside || isBelow || isAbove).toBe(true);
    }
    const edges = [
      space.left + box.left,
      space.top + box.top,
      space.left + box.left + box.width,
      space.top + box.top + box.height,
    ].flatMap((edge) => [edge, edge * space.ratio]);
    for (const edge of edges) expect(Math.abs(edge - Math.round(edge))).toBeLessThan(1e-6);
  });
}

test("it works: a square pair fills the stage side by side", () => {
  expect(packSheet(2, 1, size, { gutter: 8, caption: 20 })).toEqual({
    columns: 2,
    rows: 1,
    width: 716,
    height: 716,
  });
  expect(placePair(1, spaceOf(1440, 736))).toEqual([
    { left: 0, top: 0, width: 716, height: 716 },
    { left: 724, top: 0, width: 716, height: 716 },
  ]);
});

test("a sheet of 1 to 26 candidates is packed within a pixel of the best grid", () => {
  const next = random(3);
  for (let run = 0; run < 60; run += 1) {
    const aspect = 5 ** (next() * 2 - 1);
    const stage = { width: 320 + next() * 1600, height: 240 + next() * 900 };
    for (let count = 2; count <= 27; count += 1) {
      const { columns, rows, width, height } = packSheet(count, aspect, stage, spacing);
      expect(columns * rows).toBeGreaterThanOrEqual(count);
      if (width > 0) expect(Math.abs(width / height / aspect - 1)).toBeLessThan(1e-9);
      expect(Math.abs(width - bruteForce(count, aspect, stage))).toBeLessThanOrEqual(1);
    }
  }
});

test("panes never overlap and stay on the stage, on any screen", () => {
  const next = random(5);
  for (let run = 0; run < 60; run += 1) {
    const aspect = 5 ** (next() * 2 - 1);
    const ratio = [1, 1.1, 1.25, 1.5, 2][run % 5] ?? 1;
    const space = spaceOf(Math.round(700 + next() * 1200), Math.round(400 + next() * 600), ratio);
    expectClear(placePair(aspect, space), pairCaption, space);
    for (let candidates = 1; candidates <= 26; candidates += 1) {
      const page = sheetPage(candidates, aspect, space);
      const isPaged = page < candidates;
      const boxes = placeSheet(page + 1, aspect, space, isPaged);
      expect(boxes).toHaveLength(page + 1);
      expectClear(boxes, sheetCaption, space);
    }
  }
});

test("a sheet is paged by seven where its images would be below 280 pixels", () => {
  expect(sheetPage(5, 1, spaceOf(1440, 736))).toBe(5);
  expect(sheetPage(7, 1, spaceOf(800, 400))).toBe(7);
  expect(sheetPage(26, 1, spaceOf(1440, 736))).toBe(7);
  expect(sheetPage(26, 1, spaceOf(3840, 1996))).toBe(26);
});

test("a narrow stage shows one image, and three beside the source", () => {
  expect(placePair(1, spaceOf(390, 500))).toEqual([{ left: 0, top: 0, width: 390, height: 480 }]);
  expect(sheetPage(5, 1, spaceOf(390, 500))).toBe(3);
});

test("wide pictures are stacked, tall ones stand side by side", () => {
  expect(pairDirection(5, size)).toBe("column");
  expect(pairDirection(0.2, size)).toBe("row");
  expect(pairDirection(1, size)).toBe("row");
});

test("the display level is the smallest that fills the pane, never more than the image holds", () => {
  expect(displayLevel(400, 4000)).toBe(512);
  expect(displayLevel(513, 4000)).toBe(1024);
  expect(displayLevel(2049, 4000)).toBeUndefined();
  expect(displayLevel(1432, 500)).toBe(512);
});
