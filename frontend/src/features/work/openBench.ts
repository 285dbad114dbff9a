import { me, work } from "../../api/endpoints";
import type { Project } from "../../api/types";
import { ActiveTime } from "../../core/activity";
import { ImageFailure, limited, loadElement, loadTask, sourceLabel } from "../../core/images";
import { pairPixels } from "../../core/layout";
import type { Assignment, ProtocolDocument } from "../../core/model";
import type { Outbox } from "../../core/outbox";
import { Prefetch, type PreparedTask } from "../../core/prefetch";
import { ApiError } from "../../core/problem";
import { Recent } from "../../core/recent";
import { WorkSession } from "../../core/session";
import { StageView } from "../../core/stageView";
import type { Bench } from "./context";
import { focusCurrentTab } from "./focus";

const renewEvery = 4 * 60_000;
const idleAfter = 5 * 60_000;
const sharpenAfter = 200;

/** Device pixels that the longest side of a task's images takes when fitted, source and edit at once. */
function fittedPixels(task: Assignment): number {
  const aspect = task.source.width / task.source.height;
  const width = window.innerWidth;
  return Math.ceil(pairPixels(aspect, width, window.innerHeight - 164) * devicePixelRatio);
}

/** Wires session, prefetch, leases and zoom for one project; `close` undoes all of it. */
export function openBench(project: Project, outbox: Outbox, language: string) {
  const stops: (() => void)[] = [];
  const load = limited(loadElement, 2);
  const time = new ActiveTime(() => performance.now());
  const stage = new StageView();
  const { document: protocol } = project.protocol;
  const documentOf = documents(project);
  const prepare = async (assignment: Assignment): Promise<PreparedTask> => {
    const images = loadTask(assignment, fittedPixels(assignment), load);
    const [pictures, document] = await Promise.all([images, documentOf(assignment.protocol)]);
    return { assignment, images: pictures, document };
  };
  const recent = new Recent({ lookBack: () => work.lookBack(project.slug), prepare });
  const prefetch = new Prefetch({
    claim: (count) => work.claim(project.slug, count),
    prepare,
    giveBack: (task, failure) => giveBack(task, failure),
    submitting: () => outbox.submitting(),
  });
  const session = new WorkSession({
    project: project.slug,
    document: protocol,
    order: project.settings.sweep,
    outbox,
    prefetch,
    recent,
    circumstances: () => ({ language, viewing: viewing(), activeMs: time.take(isAttentive()) }),
  });
  const actions = {
    session,
    zoom: stage,
    rest: focusCurrentTab,
  };
  stops.push(
    watchActivity(time),
    keepLeases(session, prefetch, time),
    sharpen(stage, session, load),
  );
  void session.advance();
  const bench: Bench = {
    session,
    outbox,
    stage,
    actions,
    left: project.left,
    ground: project.settings.ground,
  };
  return { bench, close: () => stops.forEach((stop) => void stop()) };
}

/** The documents of protocol versions by digest, each asked for once. */
function documents(project: Project): (digest: string) => Promise<ProtocolDocument> {
  const { digest, document } = project.protocol;
  const known = new Map([[digest, Promise.resolve(document)]]);
  return (wanted) => {
    const found = known.get(wanted) ?? me.protocol(project.slug, wanted);
    known.set(wanted, found);
    found.catch(() => known.delete(wanted));
    return found;
  };
}

async function giveBack(task: Assignment, failure: ImageFailure): Promise<void> {
  const label = failure.label === sourceLabel ? null : failure.label;
  await work.release(task.id, "image_failed", label);
}

function isAttentive(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

function viewing(): Record<string, unknown> {
  return {
    width: window.innerWidth,
    height: window.innerHeight,
    ratio: devicePixelRatio,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
  };
}

function watchActivity(time: ActiveTime): () => void {
  const touch = () => time.touch(isAttentive());
  const events = ["keydown", "pointermove", "pointerdown", "wheel", "focus"] as const;
  for (const name of events) window.addEventListener(name, touch, { passive: true });
  return () => {
    for (const name of events) window.removeEventListener(name, touch);
  };
}

/** Renews the leases of the open task and of those that wait, as long as somebody is there. */
function keepLeases(session: WorkSession, prefetch: Prefetch, time: ActiveTime): () => void {
  const renew = async (id: string, waits: boolean) => {
    try {
      await work.renew(id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (waits && (error.status === 404 || error.status === 409)) prefetch.forget(id);
    }
  };
  const timer = setInterval(() => {
    if (document.hidden || time.idle() > idleAfter) return;
    const { task, amends } = session.state.get();
    if (task && !amends) void renew(task.assignment.id, false);
    for (const id of prefetch.waiting()) void renew(id, true);
  }, renewEvery);
  return () => clearInterval(timer);
}

/** Loads the open task's pictures at a higher level once the zoom needs it. */
function sharpen(stage: StageView, session: WorkSession, load: typeof loadElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let loaded = { id: "", pixels: 0 };
  const look = async () => {
    const { task } = session.state.get();
    if (!task) return;
    const { id } = task.assignment;
    const had = loaded.id === id ? loaded.pixels : fittedPixels(task.assignment);
    const pixels = stage.pixels();
    if (pixels <= had) return;
    loaded = { id, pixels };
    try {
      session.replaceImages(id, await loadTask(task.assignment, pixels, load));
    } catch (error) {
      // The coarser pictures stay; the next zoom tries again.
      if (!(error instanceof ImageFailure)) throw error;
      loaded = { id: "", pixels: 0 };
    }
  };
  const stop = stage.view.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), sharpenAfter);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
