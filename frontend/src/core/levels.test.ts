import { expect, test } from "vitest";
import { budgetOf, bytesAt, levelSide, levelUrl, pixelsWithin, totalAt } from "./levels";

const megabyte = 2 ** 20;
const large = { width: 4000, height: 3000 };
const desktop = { memory: 8, isCoarse: false, side: 900 };

test("it works: the level that a pane needs, and never one larger than the picture", () => {
  const image = { url: "/x", ...large };
  const urls = [300, 512, 513, 1500, 2048, 2049].map((pixels) => levelUrl(image, pixels));
  expect(urls).toEqual([
    "/x?level=512",
    "/x?level=512",
    "/x?level=1024",
    "/x?level=2048",
    "/x?level=2048",
    "/x",
  ]);
  expect(levelSide(large, 700)).toBe(1024);
  expect(levelSide(large, 9000)).toBe(4000);
  expect(levelSide({ width: 600, height: 900 }, 700)).toBe(900);
});

test("a decoded picture takes four bytes a pixel of its level", () => {
  expect(bytesAt(large, 4000)).toBe(48_000_000);
  expect(bytesAt(large, 1000)).toBe(1024 * 768 * 4);
  expect(totalAt([large, large], 1000)).toBe(2 * 1024 * 768 * 4);
});

test("a small device has half the budget", () => {
  expect(budgetOf(desktop)).toEqual({ open: 256 * megabyte, ahead: 128 * megabyte });
  const half = { open: 128 * megabyte, ahead: 64 * megabyte };
  expect(budgetOf({ ...desktop, memory: 4 })).toEqual(half);
  expect(budgetOf({ memory: undefined, isCoarse: true, side: 390 })).toEqual(half);
  expect(budgetOf({ memory: undefined, isCoarse: true, side: 820 }).open).toBe(256 * megabyte);
});

test("over the budget all pictures get the next smaller level, and 512 always", () => {
  const nine = Array.from({ length: 9 }, () => large);
  expect(pixelsWithin(nine, 700, 256 * megabyte)).toBe(700);
  expect(pixelsWithin(nine, 4000, 256 * megabyte)).toBe(2048);
  expect(pixelsWithin(nine, 4000, 100 * megabyte)).toBe(1024);
  expect(pixelsWithin(nine, 4000, 1)).toBe(512);
  expect(pixelsWithin(nine, 300, 1)).toBe(300);
  expect(pixelsWithin(nine.slice(0, 2), 4000, 256 * megabyte)).toBe(4000);
});
