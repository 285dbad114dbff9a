import { Gallery } from "../../core/gallery";
import { browserImages } from "../../core/images";
import { pairPixels } from "../../core/layout";
import { budgetOf } from "../../core/levels";
import type { Assignment } from "../../core/model";
import type { Prefetch } from "../../core/prefetch";
import type { WorkSession } from "../../core/session";
import { Sharpener } from "../../core/sharpen";
import type { StageView } from "../../core/stageView";

const sharpenAfter = 200;
const barHeights = 164;

/** Device pixels that the longest side of a task's images takes when fitted into a pane. */
function fittedPixels({ source }: Assignment): number {
  const size = { width: window.innerWidth, height: window.innerHeight - barHeights };
  const space = { left: 0, top: 0, ...size, ratio: devicePixelRatio };
  return pairPixels(source.width / source.height, space);
}

/** The pictures of the open task and of those that wait, within what this device can hold. */
export function openGallery(open: () => string | undefined, waiting: () => string[]): Gallery {
  return new Gallery({
    device: browserImages,
    budget: budgetOf({
      memory: "deviceMemory" in navigator ? Number(navigator.deviceMemory) : undefined,
      isCoarse: matchMedia("(pointer: coarse)").matches,
      side: Math.min(screen.width, screen.height),
    }),
    fitted: fittedPixels,
    // One that does not wait is on the screen or about to be.
    place: (id) => (id === open() ? 0 : waiting().indexOf(id) + 1),
  });
}

/** Sharpens what is shown, and frees the pictures of a task once the next one is painted. */
export function keepImages(
  gallery: Gallery,
  session: WorkSession,
  prefetch: Prefetch,
  stage: StageView,
): () => void {
  const sharpener = new Sharpener({
    gallery,
    task: () => session.state.get().task,
    pixels: () => stage.pixels(),
    isShown: (image) => image.isConnected && image.style.visibility !== "hidden",
    replace: (id, images) => session.replaceImages(id, images),
    failed: (id, failure) => void session.failImage(id, failure),
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: string | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void sharpener.look(), sharpenAfter);
  };
  const follow = () => {
    const { task, painted } = session.state.get();
    const id = task?.assignment.id;
    if (task && !painted) return;
    if (last !== undefined && last !== id && !prefetch.waiting().includes(last)) {
      gallery.release(last);
    }
    if (last !== id) gallery.decodeAhead();
    last = id;
    later();
  };
  const stops = [stage.view.subscribe(later), session.state.subscribe(follow)];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
    const { task } = session.state.get();
    for (const id of [task?.assignment.id ?? "", ...prefetch.waiting()]) gallery.release(id);
  };
}
