import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Store } from "../store";
import { makeAssignment, makeProtocol, settle } from "../testing";
import type { View } from "../viewport";
import { emptyState, type WorkState } from "../workState";
import { Comparison } from "./comparison";
import { ChangeMaps, type MapAnswer, type MapRequest, type MapWorker } from "./maps";
import { overlapOf } from "./overlap";

const picture = (name: string) =>
  ({ name, width: 100, height: 50, close: vi.fn() }) as unknown as ImageBitmap;

/** A worker that answers when it is told to. */
class Hand implements MapWorker {
  onmessage: MapWorker["onmessage"] = null;
  onerror: MapWorker["onerror"] = null;
  asked: MapRequest[] = [];
  isEnded = false;
  postMessage(request: MapRequest) {
    this.asked.push(request);
  }
  terminate() {
    this.isEnded = true;
  }
  answer(data: MapAnswer) {
    this.onmessage?.({ data } as MessageEvent<MapAnswer>);
  }
}

const region = { box: { left: 0.5, top: 0.5, width: 0.1, height: 0.2 }, weight: 2 };
const map = (): MapAnswer => ({
  kind: "map",
  picture: picture("map"),
  regions: [region, { ...region, box: { ...region.box, left: 0 } }],
  isMoved: false,
});

function open({ wantsStill = false, reads = true } = {}) {
  const assignment = makeAssignment("1", 3, { source: { url: "/s", width: 1000, height: 500 } });
  const open = (id: string) => ({
    assignment: { ...assignment, id },
    document: makeProtocol(),
    images: null as never,
  });
  const state = new Store<WorkState>({
    ...emptyState,
    phase: "rating",
    painted: true,
    task: open("1"),
    cell: { label: "A", dimension: "quality" },
  });
  const workers: Hand[] = [];
  const looks: View[] = [];
  let now = 0;
  const setView = (view: "focus" | "sheet") => state.patch({ view });
  const tools = new Comparison({
    session: { state, setView },
    maps: new ChangeMaps(() => {
      workers.push(new Hand());
      return workers.at(-1) as Hand;
    }),
    pictures: async (_, labels) => labels.map((label) => picture(label ?? "source")),
    place: () => ({ left: 0, top: 0, width: 1000, height: 500 }),
    look: (view) => looks.push(view),
    now: () => now,
    wantsStill: () => wantsStill,
    readsTrue: () => reads,
  });
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  const go = (label: string) => state.patch({ cell: { label, dimension: "quality" } });
  return { tools, state, workers, looks, pass, go, next: () => state.patch({ task: open("2") }) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("it works: a key turns a tool on and off, and shows it in the focus view", () => {
  const { tools, state } = open();
  state.patch({ view: "sheet" });
  tools.choose("slider");
  expect(tools.state.get().tool).toBe("slider");
  expect(state.get().view).toBe("focus");
  tools.choose("slider");
  expect(tools.state.get().tool).toBe("pair");
});

test("the blink alternates at its rate, never faster than 2.5 times a second, and pauses", () => {
  const { tools } = open();
  const isAway = () => tools.state.get().isAway;
  tools.choose("blink");
  tools.setRate(20);
  expect(tools.state.get().rate).toBe(2.5);
  vi.advanceTimersByTime(199);
  expect(isAway()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isAway()).toBe(true);
  vi.advanceTimersByTime(200);
  expect(isAway()).toBe(false);
  tools.pause();
  vi.advanceTimersByTime(5000);
  expect([isAway(), vi.getTimerCount()]).toEqual([false, 0]);
  tools.setRate(0);
  expect(tools.state.get().rate).toBe(0.5);
});

test("who asked for less motion gets no blink until asked again", () => {
  const { tools } = open({ wantsStill: true });
  tools.choose("blink");
  expect([tools.state.get().isBlinking, vi.getTimerCount()]).toEqual([false, 0]);
  tools.pause();
  expect([tools.state.get().isBlinking, vi.getTimerCount()]).toEqual([true, 1]);
});

test("a dialog stops the blink", () => {
  const { tools, state } = open();
  tools.choose("blink");
  state.patch({ panel: "help" });
  expect(vi.getTimerCount()).toBe(0);
  state.patch({ panel: null });
  expect(vi.getTimerCount()).toBe(1);
});

test("a pinned edit takes the place of the source, except for itself", () => {
  const { tools, go } = open();
  tools.pin();
  expect([tools.state.get().pinned, tools.reference]).toEqual(["A", null]);
  expect(tools.state.get().tool).toBe("side");
  go("B");
  expect(tools.reference).toBe("A");
  tools.pin();
  expect([tools.state.get().pinned, tools.reference]).toEqual(["B", null]);
  tools.pin();
  expect(tools.state.get().pinned).toBe(null);
});

test("another task begins without tool, pin and area; speed and gain stay", () => {
  const { tools, next } = open();
  tools.pin();
  tools.choose("outside");
  tools.setArea(region.box);
  tools.setRate(2);
  next();
  const { tool, pinned, area, rate } = tools.state.get();
  expect([tool, pinned, area, rate]).toEqual(["pair", null, null, 2]);
});

test("a map is made once for a pair, and given up for another", async () => {
  const { tools, workers, go } = open();
  const status = () => tools.state.get().map.status;
  tools.choose("map");
  await settle();
  expect([status(), workers.length]).toEqual(["working", 1]);
  expect(workers[0]?.asked[0]?.test.box).toEqual({ left: 0, top: 0, width: 100, height: 50 });
  go("B");
  await settle();
  expect([status(), workers.length, workers[0]?.isEnded]).toEqual(["working", 2, true]);
  workers[1]?.answer(map());
  await settle();
  expect(status()).toBe("ready");
  go("A");
  await settle();
  workers[1]?.answer(map());
  await settle();
  go("B");
  await settle();
  expect([status(), workers.length, workers[1]?.asked.length]).toEqual(["ready", 2, 2]);
  tools.choose("map");
  expect(status()).toBe("ready");
});

test("a map that nobody waits for any more is stopped", async () => {
  const { tools, workers, go } = open();
  tools.choose("map");
  await settle();
  tools.choose("slider");
  go("B");
  expect([tools.state.get().map.status, workers[0]?.isEnded]).toEqual(["none", true]);
});

test("a canvas that does not tell the truth is said; no map is made", async () => {
  const { tools, workers } = open({ reads: false });
  tools.choose("map");
  await settle();
  expect([tools.state.get().map.status, workers.length]).toEqual(["altered", 0]);
});

test("changes are visited from the largest on, at 200 %, and round again", async () => {
  const { tools, workers, looks } = open();
  void tools.nextChange();
  await settle();
  workers[0]?.answer(map());
  await settle();
  await tools.nextChange();
  await tools.nextChange();
  expect(looks).toEqual([
    { x: 0.55, y: 0.6, scale: 2 },
    { x: 0.05, y: 0.6, scale: 2 },
    { x: 0.55, y: 0.6, scale: 2 },
  ]);
});

test("the visible time of each tool is summed per candidate", () => {
  const { tools, state, pass, go, next } = open();
  tools.choose("slider");
  pass(100);
  go("B");
  pass(50);
  tools.usage.setVisible(false);
  pass(1000);
  tools.usage.setVisible(true);
  state.patch({ panel: "help" });
  pass(1000);
  state.patch({ panel: null });
  tools.toggleLoupe();
  pass(7);
  state.patch({ sourceHeld: true });
  pass(3);
  state.patch({ sourceHeld: false });
  tools.choose("slider");
  tools.toggleLoupe();
  pass(1000);
  next();
  pass(1000);
  expect(tools.usage.of("1")).toEqual([
    { tool: "slider", label: "A", ms: 100 },
    { tool: "slider", label: "B", ms: 57 },
    { tool: "loupe", label: "B", ms: 10 },
    { tool: "source", label: "B", ms: 3 },
  ]);
  expect(tools.usage.of("2")).toEqual([]);
});

test("two pictures are compared where they lie over each other", () => {
  const frame = { width: 100, height: 100 };
  const whole = { left: 0, top: 0, width: 100, height: 100 };
  const wide = { left: -50, top: 25, width: 200, height: 50 };
  expect(overlapOf(frame, whole, wide)).toEqual({
    frame: { left: 0, top: 25, width: 100, height: 50 },
    reference: { left: 0, top: 0.25, width: 1, height: 0.5 },
    test: { left: 0.25, top: 0, width: 0.5, height: 1 },
  });
  expect(overlapOf(frame, whole, { ...whole, left: 100 })).toBe(null);
});
