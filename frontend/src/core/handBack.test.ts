import { expect, test } from "vitest";
import { handBack } from "./handBack";
import { ImageFailure } from "./images";
import { Outbox } from "./outbox";
import { ApiError } from "./problem";
import { makeAnswers, makeAssignment, makeClock, makeEntryStore, settle } from "./testing";

const task = makeAssignment("t1");

/** An outbox with an unsaved draft of a task, and what reaches the server. */
async function setUp(failure: ApiError | null = null) {
  const clock = makeClock();
  const log: string[] = [];
  const outbox = new Outbox({
    user: "ann",
    store: makeEntryStore(),
    later: clock.later,
    transport: {
      putDraft: async (_, revision) => {
        log.push(`draft ${revision}`);
        if (failure) throw failure;
      },
      submit: async () => {
        throw new Error("nothing is submitted");
      },
    },
  });
  await outbox.record(task, "p", makeAnswers("A quality 3"));
  const release = async (id: string, label: string | null) => log.push(`release ${id} ${label}`);
  return { clock, log, outbox, release };
}

test("it works: the draft is saved first, then the task goes back with the picture's letter", async () => {
  const { clock, log, outbox, release } = await setUp();
  const done = handBack({ outbox, release }, task, new ImageFailure("B"));
  await settle();
  expect(log).toEqual([]);
  await clock.pass(1000);
  await done;
  expect(log).toEqual(["draft 1", "release t1 B"]);
  expect(outbox.entry("t1")).toBeUndefined();
});

test("the source has no letter", async () => {
  const { clock, log, outbox, release } = await setUp();
  const done = handBack({ outbox, release }, task, new ImageFailure("source"));
  await clock.pass(1000);
  await done;
  expect(log.at(-1)).toBe("release t1 null");
});

test("a draft that the server refuses stays here, and the task goes back", async () => {
  const refused = new ApiError({ status: 422, code: "bad", title: "Bad" });
  const { clock, log, outbox, release } = await setUp(refused);
  const done = handBack({ outbox, release }, task, new ImageFailure("A"));
  await clock.pass(1000);
  await done;
  expect(log).toEqual(["draft 1", "release t1 A"]);
  expect(outbox.entry("t1")?.problem?.status).toBe(422);
});
