import { expect, test } from "vitest";
import {
  cutOff,
  detail,
  fillsFrame,
  imagePoint,
  Placements,
  placeInFrame,
  usualPlacement,
} from "./placement";

const frame = { width: 500, height: 400 };
const square = { width: 100, height: 100 };

test("it works: an image within 2 % of the frame's shape is stretched, another is contained", () => {
  expect(placeInFrame({ width: 512, height: 409 }, frame)).toEqual({ left: 0, top: 0, ...frame });
  expect(placeInFrame(square, frame)).toEqual({ left: 50, top: 0, width: 400, height: 400 });
});

test("the limit is 2 % either way", () => {
  expect(fillsFrame({ width: 1275, height: 1000 }, frame)).toBe(true);
  expect(fillsFrame({ width: 1276, height: 1000 }, frame)).toBe(false);
  expect(fillsFrame({ width: 1225, height: 1000 }, frame)).toBe(true);
  expect(fillsFrame({ width: 1224, height: 1000 }, frame)).toBe(false);
});

test("cover fills the frame and cuts what sticks out; a nudge moves it", () => {
  const cover = { fitting: "cover", x: 0, y: 0 } as const;
  const rect = placeInFrame(square, frame, cover);
  expect(rect).toEqual({ left: 0, top: -50, width: 500, height: 500 });
  expect(cutOff(square, rect, frame)).toEqual({ top: 10, right: 0, bottom: 10, left: 0 });
  const moved = placeInFrame(square, frame, { ...cover, x: -5, y: 20 });
  expect(moved).toEqual({ left: -5, top: -30, width: 500, height: 500 });
  expect(cutOff(square, moved, frame)).toEqual({ top: 6, right: 0, bottom: 14, left: 1 });
  expect(detail(square, moved)).toBe(0.2);
});

test("a point of the frame is found in the image", () => {
  const rect = placeInFrame(square, frame);
  expect(imagePoint({ x: 50, y: 0 }, rect)).toEqual({ x: 0, y: 0 });
  expect(imagePoint({ x: 350, y: 100 }, rect)).toEqual({ x: 0.75, y: 0.25 });
});

test("a choice is kept for its candidate only", () => {
  const placements = new Placements();
  const stretch = { fitting: "stretch", x: 0, y: 0 } as const;
  placements.set("task", "B", stretch);
  expect(placements.of("task", "B")).toEqual(stretch);
  expect(placements.of("task", "A")).toBeUndefined();
  expect(placements.of("other", "B")).toBeUndefined();
  expect(usualPlacement(square, frame)).toEqual({ fitting: "contain", x: 0, y: 0 });
});
