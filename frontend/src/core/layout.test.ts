import { expect, test } from "vitest";
import { displayLevel, packSheet, pairDirection } from "./layout";

const space = { width: 1440, height: 736, gutter: 8, caption: 24 };
const aspects = [0.2, 0.5, 0.75, 1, 4 / 3, 16 / 9, 5];

function bruteForce(count: number, aspect: number): number {
  let best = 0;
  for (let rows = 1; rows <= count; rows += 1) {
    for (let columns = 1; columns <= count; columns += 1) {
      if (rows * columns < count) continue;
      const width = (space.width - (columns - 1) * space.gutter) / columns;
      const height = (space.height - (rows - 1) * space.gutter) / rows - space.caption;
      best = Math.max(best, Math.min(width, height * aspect));
    }
  }
  return best;
}

test("it works: a square pair fills the stage side by side", () => {
  const layout = packSheet(2, 1, { ...space, caption: 20 });
  expect(layout).toEqual({ columns: 2, rows: 1, width: 716, height: 716 });
});

test("every sheet of 2 to 27 panes is within a pixel of the best grid and fits", () => {
  for (const aspect of aspects) {
    for (let count = 2; count <= 27; count += 1) {
      const { columns, rows, width, height } = packSheet(count, aspect, space);
      expect(columns * rows).toBeGreaterThanOrEqual(count);
      expect(columns * width + (columns - 1) * space.gutter).toBeLessThanOrEqual(
        space.width + 1e-6,
      );
      expect(rows * (height + space.caption) + (rows - 1) * space.gutter).toBeLessThanOrEqual(
        space.height + 1e-6,
      );
      expect(Math.abs(width / height - aspect)).toBeLessThan(1e-9);
      expect(Math.abs(width - bruteForce(count, aspect))).toBeLessThanOrEqual(1);
    }
  }
});

test("wide pictures are stacked, tall ones stand side by side", () => {
  expect(pairDirection(5, 1440, 736, 8, 20)).toBe("column");
  expect(pairDirection(0.2, 1440, 736, 8, 20)).toBe("row");
  expect(pairDirection(1, 1440, 736, 8, 20)).toBe("row");
});

test("the display level is the smallest that fills the pane, never more than the image holds", () => {
  expect(displayLevel(400, 4000)).toBe(512);
  expect(displayLevel(513, 4000)).toBe(1024);
  expect(displayLevel(2049, 4000)).toBeUndefined();
  expect(displayLevel(1432, 500)).toBe(512);
});
