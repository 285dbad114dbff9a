import { expect, test } from "vitest";
import { Lead } from "./lead";
import { type Channel, channelLocks, type Locks, webLocks } from "./locks";
import { makeClock, settle } from "./testing";

/** The browser's lock manager for several tabs, as far as locks of ours use it. */
function makeManager(): LockManager {
  const held = new Map<string, { reject: (error: Error) => void }>();
  const queues = new Map<string, (() => void)[]>();
  const grant = (name: string, run: (lock: Lock | null) => unknown) =>
    new Promise((resolve, reject) => {
      const holder = { reject };
      held.set(name, holder);
      Promise.resolve(run({ name, mode: "exclusive" })).then((value) => {
        if (held.get(name) !== holder) return;
        held.delete(name);
        resolve(value);
        queues.get(name)?.shift()?.();
      }, reject);
    });
  const request = (name: string, options: LockOptions, run: (lock: Lock | null) => unknown) => {
    const now = held.get(name);
    if (!now) return grant(name, run);
    if (options.ifAvailable) return Promise.resolve(run(null));
    if (options.steal) {
      now.reject(new Error("stolen"));
      return grant(name, run);
    }
    return new Promise((resolve) => {
      const queue = queues.get(name) ?? [];
      queues.set(name, queue);
      queue.push(() => resolve(grant(name, run)));
    });
  };
  return { request } as unknown as LockManager;
}

/** Channels between tabs that deliver a moment later. */
function makeChannels() {
  const open = new Map<string, Set<(event: { data: unknown }) => void>>();
  return (name: string): Channel => {
    const tabs = open.get(name) ?? new Set();
    open.set(name, tabs);
    let own: ((event: { data: unknown }) => void) | undefined;
    return {
      addEventListener: (_type, listen) => {
        own = listen;
        tabs.add(listen);
      },
      postMessage: (data) => {
        for (const listen of tabs) if (listen !== own) queueMicrotask(() => listen({ data }));
      },
    };
  };
}

const kinds: [string, (clock: ReturnType<typeof makeClock>) => () => Locks][] = [
  [
    "the browser's locks",
    () => {
      const manager = makeManager();
      return () => webLocks(manager);
    },
  ],
  [
    "messages between tabs",
    (clock) => {
      const channels = makeChannels();
      return () => channelLocks(channels, clock.later);
    },
  ],
];

/** A tab of ann's: what it is told, and how it leads. */
function makeTab(locks: Locks, user = "ann") {
  const told: string[] = [];
  const lead = new Lead({
    locks,
    user,
    onSend: async () => {
      told.push("send");
    },
    onStop: () => told.push("stop"),
  });
  return { lead, told };
}

test.each(kinds)("by %s one tab leads, the other takes over when it is asked to", async (_, of) => {
  const clock = makeClock();
  const locks = of(clock);
  const [one, two] = [makeTab(locks()), makeTab(locks())];
  void one.lead.waitToSend();
  void one.lead.enter();
  await clock.pass(1_000);
  void two.lead.waitToSend();
  void two.lead.enter();
  await clock.pass(1_000);
  expect([one.lead.place.get(), two.lead.place.get()]).toEqual(["here", "elsewhere"]);
  expect([one.told, two.told]).toEqual([["send"], []]);
  void two.lead.takeOver();
  await clock.pass(1_000);
  expect([one.lead.place.get(), two.lead.place.get()]).toEqual(["elsewhere", "here"]);
  expect([one.told, two.told]).toEqual([["send", "stop"], ["send"]]);
  void one.lead.takeOver();
  await clock.pass(1_000);
  expect([one.lead.place.get(), two.lead.place.get()]).toEqual(["here", "elsewhere"]);
  expect(two.told).toEqual(["send", "stop"]);
});

test.each(kinds)(
  "by %s a page that reads steps back for one that rates, and follows it",
  async (_, of) => {
    const clock = makeClock();
    const locks = of(clock);
    const [home, work] = [makeTab(locks()), makeTab(locks())];
    void home.lead.waitToSend();
    await clock.pass(1_000);
    expect(home.told).toEqual(["send"]);
    void work.lead.waitToSend();
    void work.lead.enter();
    await clock.pass(1_000);
    expect(work.lead.place.get()).toBe("here");
    expect([home.told, work.told]).toEqual([["send", "stop"], ["send"]]);
    work.lead.close();
    await clock.pass(10_000);
    expect(home.told).toEqual(["send", "stop", "send"]);
  },
);

test.each(kinds)("by %s a page that is left and entered again leads again", async (_, of) => {
  const clock = makeClock();
  const { lead } = makeTab(of(clock)());
  void lead.waitToSend();
  void lead.enter();
  void lead.leave();
  void lead.enter();
  await clock.pass(2_000);
  expect(lead.place.get()).toBe("here");
});

test.each(kinds)("by %s two users of one browser do not hinder each other", async (_, of) => {
  const clock = makeClock();
  const locks = of(clock);
  const [ann, bob] = [makeTab(locks()), makeTab(locks(), "bob")];
  void ann.lead.enter();
  void bob.lead.enter();
  await clock.pass(1_000);
  expect([ann.lead.place.get(), bob.lead.place.get()]).toEqual(["here", "here"]);
});

test.each(Array.from({ length: 20 }, (_, n) => n))(
  "tabs that ask at the same moment agree on one (%i)",
  async () => {
    const clock = makeClock();
    const channels = makeChannels();
    const tabs = [1, 2, 3].map(() => makeTab(channelLocks(channels, clock.later)));
    for (const { lead } of tabs) void lead.enter();
    await clock.pass(1_000);
    const places = tabs.map(({ lead }) => lead.place.get());
    expect(places.sort()).toEqual(["elsewhere", "elsewhere", "here"]);
    await settle();
  },
);
