import { expect, test } from "vitest";
import { ActiveTime } from "./activity";

function clocked() {
  const clock = { now: 0 };
  return { clock, time: new ActiveTime(() => clock.now, 60_000) };
}

test("it works: attentive time is counted by topic, a pause and a hidden page are not", () => {
  const { clock, time } = clocked();
  time.turnTo("quality", true);
  clock.now = 4_000;
  time.turnTo("following", true);
  clock.now = 7_000;
  time.touch(true);
  clock.now = 100_000;
  time.touch(true);
  clock.now = 105_000;
  time.touch(false);
  clock.now = 106_000;
  expect(time.take(true)).toEqual({ total: 8_000, byTopic: { quality: 4_000, following: 4_000 } });
  clock.now = 107_000;
  expect(time.take(true)).toEqual({ total: 1_000, byTopic: { following: 1_000 } });
});

test("turning to the topic that is on already is no sign of life", () => {
  const { clock, time } = clocked();
  time.turnTo("quality", true);
  clock.now = 50_000;
  time.turnTo("quality", true);
  clock.now = 70_000;
  expect(time.take(true).total).toBe(0);
});
