import { me, work } from "../../api/endpoints";
import type { Project } from "../../api/types";
import { ActiveTime } from "../../core/activity";
import type { Entry } from "../../core/entries";
import type { Guide } from "../../core/guide";
import { handBack } from "../../core/handBack";
import type { ImageFailure } from "../../core/images";
import type { Circumstances } from "../../core/judging";
import type { Assignment, ProtocolDocument } from "../../core/model";
import type { Outbox } from "../../core/outbox";
import { Prefetch, type PreparedTask } from "../../core/prefetch";
import { Recent } from "../../core/recent";
import { WorkSession } from "../../core/session";
import { StageView } from "../../core/stageView";
import { keepImages, openGallery } from "./benchImages";
import type { Bench } from "./context";
import { focusCurrentTab } from "./focus";
import { watchBreaks } from "./guide/watchBreaks";
import { finishLeaving, keepAsking, keepLeases } from "./keepLeases";
import { followOutbox, mend, openAsked } from "./mending";
import { openComparison } from "./tools/openComparison";

/** Wires session, prefetch, leases and zoom for one project; `close` undoes all of it. */
export function openBench(
  project: Project,
  outbox: Outbox,
  language: string,
  { isElsewhere, guide }: { isElsewhere: () => boolean; guide: Guide },
) {
  const stops: (() => void)[] = [];
  const time = new ActiveTime(() => performance.now());
  const stage = new StageView();
  const { document: protocol } = project.protocol;
  const documentOf = documents(project);
  const prepare = async (assignment: Assignment): Promise<PreparedTask> => {
    const pictures = gallery.prepare(assignment);
    const [images, document] = await Promise.all([pictures, documentOf(assignment.protocol)]);
    return { assignment, images, document };
  };
  const gallery = openGallery(
    () => session.state.get().task?.assignment.id,
    () => prefetch.waiting(),
  );
  const release = (id: string, label: string | null) => work.release(id, "image_failed", label);
  const giveBack = (task: Assignment, failure: ImageFailure) =>
    handBack({ outbox, release }, task, failure);
  const recent = new Recent({ lookBack: () => work.lookBack(project.slug), prepare });
  const prefetch = new Prefetch({
    claim: (count) => work.claim(project.slug, count),
    prepare,
    giveBack: async (task, failure) => {
      await giveBack(task, failure);
      session.state.patch({ returned: true });
    },
    submitting: () => outbox.submitting(),
    ready: (task) => gallery.ready(task.assignment.id),
    dropped: (id) => gallery.release(id),
  });
  const session = new WorkSession({
    project: project.slug,
    document: protocol,
    order: project.settings.sweep,
    tieBreak: project.settings.tie_break,
    outbox,
    prefetch,
    recent,
    handBack: giveBack,
    circumstances: () => ({
      ...circumstances(language, project, time),
      tools: comparison.usage.of(session.state.get().task?.assignment.id ?? ""),
    }),
    isLast: () => guide.view.get().stopping,
  });
  const { comparison, close } = openComparison(session, stage, gallery);
  const { lease_minutes: leaseMinutes } = project.settings;
  const actions = {
    session,
    zoom: stage,
    compare: comparison,
    guide,
    rest: focusCurrentTab,
  };
  stops.push(
    watchActivity(time),
    session.state.subscribe(() => time.turnTo(session.state.get().cell.dimension, isAttentive())),
    watchBreaks(guide),
    keepLeases(session, prefetch, time, { user: outbox.user, leaseMinutes, isElsewhere }),
    keepAsking(session),
    followOutbox(outbox, session),
    close,
    keepImages(gallery, session, prefetch, stage),
  );
  const openEntry = (entry: Entry) => mend(entry, session, prepare);
  void finishLeaving(outbox.user)
    .then(() => session.advance())
    .then(() => openAsked(outbox, openEntry));
  const bench: Bench = {
    session,
    outbox,
    stage,
    actions,
    left: project.left,
    digest: project.protocol.digest,
    ground: project.settings.ground,
    minimumStage: project.settings.minimum_stage,
    showsSize: project.settings.show_size,
    openEntry,
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

function isAttentive(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** How the open task was judged: the language, what it looked like, how long it took. */
function circumstances(
  language: string,
  project: Project,
  time: ActiveTime,
): Omit<Circumstances, "tools"> {
  const { total, byTopic } = time.take(isAttentive());
  const spent = Object.entries(byTopic).map(([key, ms]) => [key, Math.round(ms)] as const);
  return {
    language,
    viewing: viewing(project),
    activeMs: total,
    telemetry: { dimension_ms: Object.fromEntries(spent) },
  };
}

function viewing({ settings }: Project): Record<string, unknown> {
  return {
    ground: settings.ground,
    sweep: settings.sweep,
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
