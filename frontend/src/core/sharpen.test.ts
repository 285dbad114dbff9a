import { expect, test } from "vitest";
import { ImageFailure, type TaskImages } from "./images";
import { totalAt } from "./levels";
import type { Assignment } from "./model";
import type { PreparedTask } from "./prefetch";
import { Sharpener } from "./sharpen";
import { makeAssignment, makeProtocol } from "./testing";

const megabyte = 2 ** 20;
const large = { width: 4000, height: 3000 };
const picture = (src: string) => ({ src }) as HTMLImageElement;

function makeTask(count: number): Assignment {
  const task = makeAssignment("t1", count);
  return {
    ...task,
    source: { ...task.source, ...large },
    candidates: task.candidates.map((item) => ({ ...item, ...large })),
  };
}

/** A sharpener over a task that is fitted at 1024, with `shown` on the screen. */
function setUp(count: number, open = 256 * megabyte) {
  const assignment = makeTask(count);
  const labels = assignment.candidates.map(({ label }) => label);
  const base: TaskImages = {
    source: picture("source 1024"),
    over: picture("source 1024"),
    candidates: new Map(labels.map((label) => [label, picture(`${label} 1024`)])),
    thumbs: new Map(),
  };
  let task: PreparedTask = { assignment, images: base, document: makeProtocol() };
  const seen = { shown: ["A"], pixels: 700 };
  const swaps: string[][] = [];
  const freed: string[] = [];
  const asked: string[] = [];
  const gates: (() => Promise<void>)[] = [];
  const failures: string[] = [];
  const sharpener = new Sharpener({
    gallery: {
      budget: { open, ahead: 0 },
      prepared: () => ({ images: base, pixels: 700 }),
      sharper: async (_id, wanted, pixels) => {
        asked.push(`${wanted.join()} ${pixels}`);
        await gates.shift()?.();
        const found = new Map(wanted.map((label) => [label, picture(`${label} ${pixels}`)]));
        const source = found.get("source");
        return { found, over: source ? { ...source } : null };
      },
      free: (_id, image) => void freed.push(image.src),
    },
    task: () => task,
    pixels: () => seen.pixels,
    isShown: (image) => seen.shown.some((label) => image.src.startsWith(`${label} `)),
    replace: (_id, images) => {
      task = { ...task, images };
      const { source, over, candidates } = images;
      swaps.push([source, over, ...candidates.values()].map(({ src }) => src));
    },
    failed: (id, { label }) => void failures.push(`${id} ${label}`),
  });
  return { sharpener, seen, swaps, freed, asked, gates, failures };
}

test("a picture that does not come is reported, and the coarser ones stay", async () => {
  const { sharpener, seen, swaps, gates, failures } = setUp(1);
  gates.push(async () => {
    throw new ImageFailure("A");
  });
  seen.pixels = 4000;
  await sharpener.look();
  expect([failures, swaps]).toEqual([["t1 A"], []]);
});

test("it works: only the shown panes get the level of the zoom, all in one swap", async () => {
  const { sharpener, seen, swaps } = setUp(3);
  await sharpener.look();
  expect(swaps).toEqual([]);
  seen.pixels = 4000;
  await sharpener.look();
  expect(swaps).toEqual([["source 4000", "source 4000", "A 4000", "B 1024", "C 1024"]]);
  await sharpener.look();
  expect(swaps).toHaveLength(1);
});

test("a candidate is sharpened when it is shown, the others keep what they have", async () => {
  const { sharpener, seen, swaps, asked } = setUp(2);
  seen.pixels = 2000;
  await sharpener.look();
  seen.shown = ["B"];
  await sharpener.look();
  expect(asked).toEqual(["source,A 2000", "B 2000"]);
  expect(swaps.at(-1)).toEqual(["source 2000", "source 2000", "A 2000", "B 2000"]);
});

test("hidden sharp pictures go when the budget is reached, and the fitted ones are back", async () => {
  const budget = totalAt([large, large, large], 4000);
  const { sharpener, seen, swaps, freed } = setUp(3, budget);
  seen.pixels = 4000;
  await sharpener.look();
  seen.shown = ["B"];
  await sharpener.look();
  expect(swaps.at(-1)).toEqual(["source 4000", "source 4000", "A 1024", "B 4000", "C 1024"]);
  expect(freed).toEqual(["A 4000"]);
});

test("a contact sheet over the budget gets a smaller level for all its panes", async () => {
  const { sharpener, seen, asked } = setUp(8);
  seen.shown = ["A", "B", "C", "D", "E", "F", "G", "H"];
  seen.pixels = 4000;
  await sharpener.look();
  expect(asked[0]).toBe("source,A,B,C,D,E,F,G,H 2048");
});

test("where not all can have what the zoom needs, none is sharper than the others", async () => {
  const { sharpener, seen, swaps, freed } = setUp(8);
  seen.pixels = 4000;
  await sharpener.look();
  seen.shown = ["A", "B", "C", "D", "E", "F", "G", "H"];
  await sharpener.look();
  expect(new Set(swaps.at(-1)?.map((name) => name.split(" ")[1]))).toEqual(new Set(["2048"]));
  expect(freed).toEqual(["source 4000", "A 4000", "source 4000"]);
});

test("what is replaced by a sharper picture is freed, and a zoom meanwhile is followed", async () => {
  const { sharpener, seen, swaps, freed, gates } = setUp(1);
  gates.push(async () => {
    seen.pixels = 4000;
    void sharpener.look();
  });
  seen.pixels = 1500;
  await sharpener.look();
  expect(swaps.map((swap) => swap[2])).toEqual(["A 1500", "A 4000"]);
  expect(freed).toEqual(["source 1500", "A 1500", "source 1500"]);
});
