import { expect, test } from "vitest";
import { makePlanes, type Planes } from "../flip/planes";
import { inPlace } from "./align";
import { averaged, commonSize } from "./area";
import { changeMap } from "./changeMap";
import { paintMap, rampColour } from "./ramp";
import { findRegions, threshold } from "./regions";

/** Two hundred by a hundred pixels of smooth, never repeating detail. */
function scene(): Planes {
  const planes = makePlanes(200, 100);
  planes.channels.forEach((channel, index) => {
    channel.forEach((_, at) => {
      const [x, y] = [at % 200, Math.floor(at / 200)];
      channel[at] = 0.5 + 0.2 * Math.sin(x / 7 + index) + 0.2 * Math.cos(y / 5 + x / 31);
    });
  });
  return planes;
}

const whole = (image: Planes) => ({
  image,
  box: { left: 0, top: 0, width: image.width, height: image.height },
});

test("it works", () => {
  const before = scene();
  const after = scene();
  for (const channel of after.channels)
    for (let y = 40; y < 70; y += 1) channel.fill(0, y * 200 + 100, y * 200 + 140);
  const found = changeMap(whole(before), whole(after));
  expect([found.width, found.height]).toEqual([200, 100]);
  expect(found.placement).toBe(inPlace);
  expect(found.regions).toHaveLength(1);
  const box = found.regions[0]?.box;
  expect(box?.left).toBeCloseTo(0.5, 1);
  expect(box?.top).toBeCloseTo(0.4, 1);
  expect(box?.width).toBeCloseTo(0.2, 1);
});

test("equal images have no change at all", () => {
  const found = changeMap(whole(scene()), whole(scene()));
  expect(Math.max(...found.map)).toBe(0);
  expect(found.regions).toEqual([]);
});

test("the same picture at half the size is no change that anybody sees", () => {
  const after = averaged(scene(), whole(scene()).box, 100, 50);
  const found = changeMap(whole(scene()), whole(after));
  expect([found.width, found.height]).toEqual([100, 50]);
  expect(Math.max(...found.map)).toBeLessThan(0.01);
});

test("an average takes each input pixel by the part that lies under the output pixel", () => {
  const line = makePlanes(5, 1);
  line.channels[0].set([1, 2, 3, 4, 5]);
  const at = (left: number, width: number, count: number) =>
    [...averaged(line, { left, top: 0, width, height: 1 }, count, 1).channels[0]].map(
      (value) => Math.round(value * 1000) / 1000,
    );
  expect(at(0, 5, 5)).toEqual([1, 2, 3, 4, 5]);
  expect(at(0, 5, 1)).toEqual([3]);
  expect(at(0, 5, 2)).toEqual([1.8, 4.2]);
  expect(at(0.5, 4, 4)).toEqual([1.5, 2.5, 3.5, 4.5]);
  expect(at(1, 9, 3)[2]).toBe(5);
});

test("neither image is made larger, and none is larger than the limit", () => {
  const box = (width: number, height: number) => ({ left: 0, top: 0, width, height });
  expect(commonSize(1024, box(4000, 2000), box(2000, 1000))).toEqual({ width: 1024, height: 512 });
  expect(commonSize(1024, box(400, 200), box(2000, 1000))).toEqual({ width: 400, height: 200 });
  expect(commonSize(1024, box(400, 200), box(100, 50))).toEqual({ width: 100, height: 50 });
});

test("the ramp grows lighter and is never red or green", () => {
  const light = ([red, green, blue]: readonly [number, number, number]) =>
    0.2126 * red + 0.7152 * green + 0.0722 * blue;
  for (let step = 0; step <= 255; step += 1) {
    const colour = rampColour(step / 255);
    const [red, green, blue] = colour;
    expect(blue).toBeGreaterThanOrEqual(green);
    expect(green).toBeGreaterThanOrEqual(red);
    if (step > 0) expect(light(colour)).toBeGreaterThan(light(rampColour((step - 1) / 255)));
  }
  expect(rampColour(0)).toEqual([0, 0, 0]);
  expect(rampColour(2)).toEqual([255, 255, 255]);
  expect([...paintMap(Float32Array.of(0, 1))]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
});

test("regions hang together over corners, the most change first, specks left out", () => {
  const map = new Float32Array(100 * 100);
  const put = (x: number, y: number, error: number) => {
    map[y * 100 + x] = error;
  };
  for (let step = 0; step < 6; step += 1) put(10 + step, 10 + step, 0.5);
  for (let x = 50; x < 70; x += 1) put(x, 90, 0.9);
  put(80, 20, 0.9);
  const found = findRegions(map, 100, 100);
  expect(found.map((region) => region.box)).toEqual([
    { left: 0.5, top: 0.9, width: 0.2, height: 0.01 },
    { left: 0.1, top: 0.1, width: 0.06, height: 0.06 },
  ]);
  expect(found.map((region) => Math.round(region.weight * 10))).toEqual([180, 30]);
});

test("noise alone is not a change", () => {
  const map = Float32Array.from({ length: 900 }, (_, at) => (at % 7) / 100);
  expect(threshold(map)).toBe(0.12);
  expect(findRegions(map, 30, 30)).toEqual([]);
});
