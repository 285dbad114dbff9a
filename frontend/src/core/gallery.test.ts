import { expect, test } from "vitest";
import { Gallery } from "./gallery";
import { type ImageDevice, ImageFailure } from "./images";
import type { DecodedBudget } from "./levels";
import type { Assignment } from "./model";
import { makeAssignment, settle } from "./testing";

const megabyte = 2 ** 20;
/** What a task of `makeAssignment` with two candidates takes at 1024: a small source and two edits. */
const oneTask = 500 * 500 * 4 + 2 * 4 * megabyte;

interface Options {
  readonly budget?: Partial<DecodedBudget>;
  readonly fitted?: number;
  readonly broken?: string;
  readonly undecodable?: string;
}

/** A gallery over pictures that come at once; places are the order of `order`. */
function setUp(order: string[], options: Options = {}) {
  const fetched: string[] = [];
  const decoded: string[] = [];
  const released: string[] = [];
  const device: ImageDevice = {
    fetch: async (url) => {
      fetched.push(url);
      if (url.startsWith(options.broken ?? "-")) throw new Error("broken");
      return { src: url } as HTMLImageElement;
    },
    decode: async ({ src }) => {
      if (src.startsWith(options.undecodable ?? "-")) throw new Error("not a picture");
      decoded.push(src);
    },
    twin: (image) => ({ ...image }),
    release: ({ src }) => void released.push(src),
  };
  const gallery = new Gallery({
    device,
    budget: { open: 256 * megabyte, ahead: 128 * megabyte, ...options.budget },
    fitted: () => options.fitted ?? 700,
    place: (id) => Math.max(0, order.indexOf(id)),
    wait: async () => undefined,
  });
  const tasksDecoded = () => [...new Set(decoded.map((url) => url.split("-")[0]))];
  return { gallery, fetched, decoded, released, tasksDecoded };
}

const addresses = (task: Assignment) =>
  [task.source, ...task.candidates].map(({ url }) =>
    url.endsWith("source") ? `${url}?level=512` : `${url}?level=1024`,
  );

test("it works: pictures come at the level of the pane, decoded, with thumbs of the same", async () => {
  const { gallery, decoded } = setUp(["t1"]);
  const task = makeAssignment("t1");
  const images = await gallery.prepare(task);
  expect(new Set(decoded)).toEqual(new Set(addresses(task)));
  expect(images.source.src).toBe(images.over.src);
  expect([...images.thumbs]).toEqual([
    ["A", "/i/t1-A?level=1024"],
    ["B", "/i/t1-B?level=1024"],
  ]);
});

test("over the budget the farther tasks are fetched only, and decoded when they are shown", async () => {
  const order = ["open", "t1", "t2", "t3"];
  const budget = { ahead: 2 * oneTask };
  const { gallery, fetched, tasksDecoded } = setUp(order, { budget });
  await Promise.all(order.map((id) => gallery.prepare(makeAssignment(id))));
  expect(new Set(fetched.map((url) => url.split("-")[0])).size).toBe(4);
  expect(tasksDecoded().sort()).toEqual(["/i/open", "/i/t1", "/i/t2"]);
  await gallery.ready("t3");
  expect(tasksDecoded()).toContain("/i/t3");
});

test("what a released task leaves free goes to the next one", async () => {
  const order = ["open", "t1", "t2"];
  const { gallery, tasksDecoded, released } = setUp(order, { budget: { ahead: oneTask } });
  const [open] = await Promise.all(order.map((id) => gallery.prepare(makeAssignment(id))));
  expect(tasksDecoded()).not.toContain("/i/t2");
  order.shift();
  gallery.release("open");
  await settle();
  expect(tasksDecoded()).toContain("/i/t2");
  expect(new Set(released)).toEqual(
    new Set([open?.source.src, ...[...(open?.candidates.values() ?? [])].map(({ src }) => src)]),
  );
});

test("a task too large for the budget gets a smaller level", async () => {
  const large = makeAssignment("t1", 8);
  const sizes = { width: 4000, height: 3000 };
  const candidates = large.candidates.map((item) => ({ ...item, ...sizes }));
  const { gallery, fetched } = setUp(["t1"], { fitted: 2000, budget: { ahead: 64 * megabyte } });
  await gallery.prepare({ ...large, candidates });
  expect(fetched).toContain("/i/t1-A?level=1024");
  expect(gallery.prepared("t1")?.pixels).toBe(1024);
});

test("a picture is tried three times, then named", async () => {
  const { gallery, fetched } = setUp(["t1"], { broken: "/i/t1-B" });
  await expect(gallery.prepare(makeAssignment("t1"))).rejects.toEqual(new ImageFailure("B"));
  expect(fetched.filter((url) => url.startsWith("/i/t1-B"))).toHaveLength(3);
});

test("a picture that cannot be decoded is named", async () => {
  const { gallery } = setUp(["t1"], { undecodable: "/i/t1-A" });
  await expect(gallery.prepare(makeAssignment("t1"))).rejects.toEqual(new ImageFailure("A"));
});

test("requests of a released task are called off", async () => {
  const { gallery, fetched } = setUp(["t1"]);
  const preparing = gallery.prepare(makeAssignment("t1", 6));
  gallery.release("t1");
  await expect(preparing).rejects.toThrow("not wanted");
  expect(fetched).toEqual([]);
});
