import { readsTrue } from "../../../core/compare/canvas";
import { longestSide } from "../../../core/compare/changeMap";
import { Comparison } from "../../../core/compare/comparison";
import { ChangeMaps, type MapWorker } from "../../../core/compare/maps";
import type { Gallery } from "../../../core/gallery";
import { sourceLabel } from "../../../core/images";
import type { Assignment } from "../../../core/model";
import { placeInFrame } from "../../../core/placement";
import type { WorkSession } from "../../../core/session";
import type { StageView } from "../../../core/stageView";

/** The comparison tools of a bench, with the browser's worker, canvas and clock. */
export function openComparison(
  session: WorkSession,
  stage: StageView,
  gallery: Gallery,
): { comparison: Comparison; close: () => void } {
  const comparison = new Comparison({
    session,
    maps: new ChangeMaps(startWorker),
    pictures: (task, labels) => pictures(session, gallery, task, labels),
    place: (task, label) => {
      const image = task.candidates.find((candidate) => candidate.label === label);
      if (!image) throw new Error(`There is no candidate ${label}`);
      return placeInFrame(image, task.source, stage.placements.of(task.id, label));
    },
    look: (view) => stage.look(view),
    now: () => performance.now(),
    wantsStill: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
    readsTrue: canRead,
  });
  const stop = watchPage(session, comparison);
  return {
    comparison,
    close: () => {
      stop();
      comparison.close();
    },
  };
}

function startWorker(): MapWorker {
  return new Worker(new URL("../../../core/compare/worker.ts", import.meta.url), {
    type: "module",
  });
}

/** Copies of pictures for a worker, loaded behind those that are shown. */
async function pictures(
  session: WorkSession,
  gallery: Gallery,
  { id }: Assignment,
  labels: readonly (string | null)[],
): Promise<ImageBitmap[]> {
  const names = labels.map((label) => label ?? sourceLabel);
  const isOpen = () => session.state.get().task?.assignment.id === id;
  const { found, over } = await gallery.sharper(id, names, longestSide, isOpen);
  const images = names.map((name) => found.get(name)).filter((image) => image !== undefined);
  const copies = await Promise.all(images.map((image) => createImageBitmap(image)));
  for (const image of over ? [...images, over] : images) gallery.free(id, image);
  return copies;
}

function canRead(): boolean {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  return context !== null && readsTrue(context);
}

/** Lets go of the source in place, and counts no time, where nobody looks at the stage. */
function watchPage(session: WorkSession, comparison: Comparison): () => void {
  const letGo = () => {
    if (session.state.get().sourceHeld) session.holdSource(false);
  };
  const onVisibility = () => {
    comparison.usage.setVisible(!document.hidden);
    if (document.hidden) letGo();
  };
  // Neither dialogs nor menus tell their ancestors that they open, but a capturing listener hears it.
  const onToggle = (event: Event) => {
    if (event instanceof ToggleEvent && event.newState === "open") letGo();
  };
  window.addEventListener("blur", letGo);
  document.addEventListener("visibilitychange", onVisibility);
  document.addEventListener("beforetoggle", onToggle, true);
  onVisibility();
  return () => {
    window.removeEventListener("blur", letGo);
    document.removeEventListener("visibilitychange", onVisibility);
    document.removeEventListener("beforetoggle", onToggle, true);
  };
}
