import { expect, test } from "vitest";
import { Leases } from "./leases";
import { ApiError } from "./problem";
import { settle } from "./testing";

const minute = 60_000;
const lapsed = new ApiError({ status: 409, title: "No", code: "assignment_expired" });

/** A page with one open task and two that wait; time and input are the test's. */
function setUp(dead: string[] = []) {
  const world = { now: 0, input: 0, isVisible: true, waiting: ["b", "c"], calls: [] as string[] };
  const note = (call: string) => world.calls.push(call);
  const leases = new Leases({
    prefetch: {
      waiting: () => world.waiting,
      forget: (id) => {
        world.waiting = world.waiting.filter((other) => other !== id);
      },
      refill: (current) => note(`refill beside ${current}`),
      dropUnseen: () => world.waiting.splice(0),
    },
    current: () => "a",
    idle: () => world.now - world.input,
    isVisible: () => world.isVisible,
    now: () => world.now,
    renew: async (id) => {
      note(`renew ${id}`);
      if (dead.includes(id)) throw lapsed;
    },
    release: async (id) => note(`release ${id}`),
    every: 4 * minute,
  });
  const pass = async (minutes: number, isUsed: boolean) => {
    for (let at = 0; at < minutes * 4; at += 1) {
      world.now += minute / 4;
      if (isUsed) world.input = world.now;
      leases.tick();
    }
    await settle();
    return world.calls.splice(0);
  };
  return { world, leases, pass };
}

test("it works: while somebody is there, what is open and what waits is kept", async () => {
  const { pass } = setUp();
  expect(await pass(3, true)).toEqual([]);
  expect(await pass(2, true)).toEqual(["renew a", "renew b", "renew c"]);
  expect(await pass(8, true)).toHaveLength(6);
});

test("after five minutes without input nothing is renewed, after ten the unseen is given back", async () => {
  const { pass } = setUp();
  expect(await pass(5, false)).toEqual(["renew a", "renew b", "renew c"]);
  expect(await pass(4, false)).toEqual([]);
  expect(await pass(30, false)).toEqual(["release b", "release c"]);
});

test("a hidden page renews nothing", async () => {
  const { world, pass } = setUp();
  world.isVisible = false;
  expect(await pass(9, true)).toEqual([]);
});

test("when somebody is back, what was given back is replaced and the open task is renewed", async () => {
  const { world, leases, pass } = setUp();
  await pass(40, false);
  world.input = world.now;
  leases.wake();
  leases.wake();
  await settle();
  expect(world.calls).toEqual(["refill beside a", "renew a"]);
});

test("a task that waits and has lapsed is replaced without a word", async () => {
  const { world, pass } = setUp(["b"]);
  const calls = await pass(4, true);
  expect(calls).toEqual(["renew a", "renew b", "renew c", "refill beside a"]);
  expect(world.waiting).toEqual(["c"]);
});
