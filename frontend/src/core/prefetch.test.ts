import { expect, test } from "vitest";
import { ImageFailure, type TaskImages } from "./images";
import type { Assignment } from "./model";
import { isNothing, Prefetch } from "./prefetch";
import { ApiError } from "./problem";
import { makeAssignment, makeProtocol, settle } from "./testing";

const images = {} as TaskImages;
const document = makeProtocol();

/** A server with a pool of tasks that tops live ones up to the count asked for. */
function setUp(pool: Assignment[], options: { broken?: string; offline?: boolean } = {}) {
  const live: Assignment[] = [];
  const counts: number[] = [];
  const loaded: string[] = [];
  const returned: string[] = [];
  const prefetch = new Prefetch({
    claim: async (count) => {
      counts.push(count);
      while (live.length < count && pool.length > 0) live.push(...pool.splice(0, 1));
      return { assignments: [...live], retry_after: null, with_others: 0 };
    },
    prepare: async (task) => {
      loaded.push(task.id);
      if (task.id === options.broken) throw new ImageFailure("B");
      return { assignment: task, images, document };
    },
    giveBack: async (task, failure) => {
      if (options.offline) throw new ApiError({ status: 0, title: "Offline", code: "offline" });
      returned.push(`${task.id} ${failure.label}`);
    },
    submitting: () => [],
  });
  const take = async () => {
    const next = await prefetch.take();
    return isNothing(next) ? next : next.assignment.id;
  };
  const finish = (id: string) =>
    live.splice(
      live.findIndex((task) => task.id === id),
      1,
    );
  return { prefetch, take, finish, counts, loaded, returned };
}

const tasks = (count: number) =>
  Array.from({ length: count }, (_, i) => makeAssignment(`t${i + 1}`));

test("it works: three are claimed ahead of the one on the screen, in order", async () => {
  const { take, counts, loaded, prefetch } = setUp(tasks(9));
  expect(await take()).toBe("t1");
  await settle();
  expect(counts).toEqual([3, 4]);
  expect(loaded).toEqual(["t1", "t2", "t3", "t4"]);
  expect(prefetch.waiting()).toEqual(["t2", "t3", "t4"]);
});

test("a task is never offered twice, and the end of the pool is nothing", async () => {
  const { take, finish } = setUp(tasks(2));
  expect(await take()).toBe("t1");
  await settle();
  finish("t1");
  expect(await take()).toBe("t2");
  await settle();
  finish("t2");
  expect(await take()).toEqual({ retryAfter: null, withOthers: 0 });
});

test("a task whose picture fails goes back with its letter, and the next one comes", async () => {
  const { take, returned } = setUp(tasks(3), { broken: "t1" });
  expect(await take()).toBe("t2");
  expect(returned).toEqual(["t1 B"]);
});

test("with no way to give it back the failure is said, and the task is offered again", async () => {
  const { take, loaded } = setUp(tasks(1), { broken: "t1", offline: true });
  await expect(take()).rejects.toMatchObject({ status: 0 });
  await expect(take()).rejects.toMatchObject({ status: 0 });
  expect(loaded).toEqual(["t1", "t1"]);
});

test("a task that was put back is the next one", async () => {
  const { prefetch, take } = setUp(tasks(3));
  await take();
  prefetch.putBack({ assignment: makeAssignment("old"), images, document });
  expect(await take()).toBe("old");
});
