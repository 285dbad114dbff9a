import { expect, test } from "vitest";
import { BreakWatch } from "./breaks";

const minute = 60_000;

function setUp(after: number) {
  let now = 0;
  const watch = new BreakWatch(() => now, after);
  /** Lets so many minutes pass, with a sign of life after each step. */
  const work = (minutes: number, step = 1, isAttentive = true) => {
    let due = false;
    for (let at = 0; at < minutes; at += step) {
      now += step * minute;
      due = watch.touch(isAttentive);
    }
    return due;
  };
  return { watch, work };
}

test("asks after so much activity, not before", () => {
  const { work } = setUp(50 * minute);
  expect(work(49)).toBe(false);
  expect(work(1)).toBe(true);
});

test("short pauses do not count, and a real one starts anew", () => {
  const { work } = setUp(10 * minute);
  expect(work(9)).toBe(false);
  expect(work(4, 4)).toBe(false);
  expect(work(1)).toBe(true);
  expect(work(5, 5)).toBe(false);
  expect(work(9)).toBe(false);
  expect(work(1)).toBe(true);
});

test("time on another page does not count", () => {
  const { work } = setUp(10 * minute);
  expect(work(60, 1, false)).toBe(false);
});

test("after a notice it counts from the start", () => {
  const { watch, work } = setUp(10 * minute);
  expect(work(10)).toBe(true);
  watch.restart();
  expect(work(9)).toBe(false);
});

test("0 never asks", () => {
  expect(setUp(0).work(600)).toBe(false);
});
