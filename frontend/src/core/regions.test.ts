import { expect, test } from "vitest";
import { noAnswers } from "./answers";
import type { Box } from "./model";
import {
  addRegion,
  boxBetween,
  centredBox,
  explainRegion,
  moveBox,
  regionAt,
  removeRegion,
  reshapeRegion,
  seenPart,
  sizeBox,
  toImage,
  toScreen,
} from "./regions";

const image = { left: -200, top: 50, width: 800, height: 400 };
const least = { x: 0.01, y: 0.02 };

test("it works: a box on the screen and back", () => {
  const box: Box = [0.25, 0.5, 0.75, 0.625];
  const screen = toScreen(box, image);
  expect(screen).toEqual({ left: 0, top: 250, width: 400, height: 50 });
  const from = toImage({ x: screen.left, y: screen.top }, image);
  const to = toImage({ x: screen.left + screen.width, y: screen.top + screen.height }, image);
  expect(boxBetween(to, from, least)).toEqual(box);
});

test("points outside the image are its edge", () => {
  expect(toImage({ x: -900, y: 9000 }, image)).toEqual({ x: 0, y: 1 });
});

test("a box is never smaller than one pixel, nor outside", () => {
  expect(boxBetween({ x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 }, least)).toEqual([0.5, 0.5, 0.51, 0.52]);
  expect(boxBetween({ x: 1, y: 1 }, { x: 1, y: 1 }, least)).toEqual([0.99, 0.98, 1, 1]);
});

test("a new box stands in the middle of what is seen", () => {
  const window = { left: 0, top: 0, width: 400, height: 250 };
  expect(seenPart(image, window)).toEqual([0.25, 0, 0.75, 0.5]);
  expect(centredBox([0.25, 0, 0.75, 0.5])).toEqual([0.375, 0.125, 0.625, 0.375]);
  expect(seenPart(image, { ...window, left: 5000 })).toEqual([0, 0, 1, 1]);
});

test("a box that is moved keeps its size and stops at the edges", () => {
  const box: Box = [0.1, 0.2, 0.3, 0.6];
  expect(moveBox(box, 0.1, -0.1)).toEqual([0.2, 0.1, 0.4, 0.5]);
  expect(moveBox(box, 5, -5)).toEqual([0.8, 0, 1, 0.4]);
});

test("a box that is sized keeps its corner, at least one pixel, at most the image", () => {
  const box: Box = [0.1, 0.2, 0.3, 0.6];
  expect(sizeBox(box, 0.1, -0.1, least)).toEqual([0.1, 0.2, 0.4, 0.5]);
  expect(sizeBox(box, -1, 1, least)).toEqual([0.1, 0.2, 0.11, 1]);
});

test("regions are added, reshaped, explained and removed by their place", () => {
  const first = { label: "A", dimension: "quality", box: [0, 0, 1, 1] as Box };
  const second = { label: "A", box: [0.2, 0.2, 0.4, 0.4] as Box };
  const two = addRegion(addRegion(noAnswers, first), second);
  expect(regionAt(two.regions, "A", { x: 0.3, y: 0.3 })).toBe(1);
  expect(regionAt(two.regions, "A", { x: 0.5, y: 0.3 })).toBe(0);
  expect(regionAt(two.regions, "B", { x: 0.5, y: 0.3 })).toBe(-1);
  const explained = explainRegion(two, 0, "blurred");
  expect(explained.regions[0]).toEqual({ ...first, reason: "blurred" });
  expect(explainRegion(explained, 0, null)).toEqual(two);
  expect(reshapeRegion(two, 1, [0, 0, 0.5, 0.5]).regions[1]?.box).toEqual([0, 0, 0.5, 0.5]);
  expect(removeRegion(two, 0).regions).toEqual([second]);
});
