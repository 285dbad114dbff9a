import { expect, test } from "vitest";
import { ImageQueue, Unwanted } from "./imageQueue";
import { settle } from "./testing";

/** A queue over requests that end when they are told to. */
function setUp() {
  const started: string[] = [];
  const open = new Map<string, { done: (image: HTMLImageElement) => void; fail: () => void }>();
  const queue = new ImageQueue((url, isUrgent) => {
    started.push(isUrgent ? `${url}!` : url);
    return new Promise((done, reject) => {
      open.set(url, { done, fail: () => reject(new Error(url)) });
    });
  });
  const end = async (url: string) => {
    open.get(url)?.done({} as HTMLImageElement);
    open.delete(url);
    await settle();
  };
  return { queue, started, open, end };
}

test("it works: two at once, the nearest first whatever the order of asking", async () => {
  const { queue, started, open, end } = setUp();
  for (const [url, rank] of [
    ["third", 3],
    ["second", 2],
    ["first", 1],
    ["now", 0],
  ] as const)
    void queue.load(url, () => rank);
  await settle();
  expect(started).toEqual(["now!", "first"]);
  await end("first");
  expect(started.slice(2)).toEqual(["second"]);
  expect(open.size).toBe(2);
  await end("now");
  expect(started.slice(3)).toEqual(["third"]);
});

test("ranks are read when a request is free, not when it was asked for", async () => {
  const { queue, started, end } = setUp();
  const ranks: Record<string, number> = { a: 1, b: 1, far: 3, near: 2 };
  for (const url of Object.keys(ranks)) void queue.load(url, () => ranks[url] ?? null);
  await settle();
  ranks.far = 0;
  await end("a");
  expect(started).toEqual(["a", "b", "far!"]);
});

test("what nobody wants any more is never asked for", async () => {
  const { queue, started, end } = setUp();
  let wanted: number | null = 2;
  void queue.load("a", () => 0);
  void queue.load("b", () => 0);
  const dropped = queue.load("c", () => wanted);
  await settle();
  wanted = null;
  await end("a");
  await expect(dropped).rejects.toBeInstanceOf(Unwanted);
  expect(started).toEqual(["a!", "b!"]);
});

test("a failed request makes room for the next and is told to who asked", async () => {
  const { queue, started, open } = setUp();
  const failing = queue.load("a", () => 0);
  void queue.load("b", () => 0);
  void queue.load("c", () => 0);
  await settle();
  open.get("a")?.fail();
  await expect(failing).rejects.toThrow("a");
  await settle();
  expect(started).toEqual(["a!", "b!", "c!"]);
});
