import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { PreparedTask } from "../../../core/prefetch";
import { seenPart, toScreen } from "../../../core/regions";
import { useWords } from "../../../ui/i18n";
import { useBench, useWork } from "../context";
import { Drawing } from "../drawing";

const pixelsPerStep = 4;

/** The boxes on the current candidate's picture as outlines, and the surface to draw more on. */
export function RegionLayer({ task }: { task: PreparedTask }) {
  const { session } = useBench();
  const { answers, cell, place } = useWork();
  const words = useWords();
  const layer = useRef<HTMLDivElement>(null);
  const picture = task.images.candidates.get(cell.label);
  const own = session.regions.own.flatMap((at) => {
    const region = answers.regions[at];
    return region ? [{ at, region }] : [];
  });

  useFollow(layer, picture, own);
  useDrawing(layer, picture);
  useEffect(() => {
    if (!picture || !layer.current) return;
    const window = layer.current;
    const rect = () => picture.getBoundingClientRect();
    return session.regions.attach({
      seen: () => seenPart(rect(), window.getBoundingClientRect()),
      step: () => ({ x: pixelsPerStep / rect().width, y: pixelsPerStep / rect().height }),
    });
  }, [session, picture]);

  return (
    <div className="region-layer" ref={layer} title={words.t("work.regionHint")}>
      {own.map(({ at }) => (
        <div key={at} className="region-box" data-chosen={at === place || undefined} />
      ))}
      <div className="region-box" data-chosen data-draft hidden />
    </div>
  );
}

/** Keeps the outlines where the picture is, through zoom, pan and resize. */
function useFollow(
  layer: RefObject<HTMLDivElement | null>,
  picture: HTMLImageElement | undefined,
  own: readonly { region: { box: readonly [number, number, number, number] } }[],
) {
  const { stage } = useBench();
  useLayoutEffect(() => {
    const element = layer.current;
    if (!element || !picture) return;
    const put = () => {
      const boxes = element.querySelectorAll<HTMLElement>(".region-box:not([data-draft])");
      for (const [index, { region }] of own.entries()) {
        const box = boxes[index];
        if (box) placeBox(box, toScreen(region.box, picture.getBoundingClientRect()), element);
      }
    };
    let frame = 0;
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(put);
    };
    const observer = new ResizeObserver(later);
    observer.observe(element);
    const stops = [stage.view, stage.placements.chosen].map((store) => store.subscribe(later));
    put();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      for (const stop of stops) stop();
    };
  }, [layer, picture, own, stage]);
}

function placeBox(
  box: HTMLElement,
  at: { left: number; top: number; width: number; height: number },
  layer: HTMLElement,
) {
  const origin = layer.getBoundingClientRect();
  box.style.left = `${at.left - origin.left}px`;
  box.style.top = `${at.top - origin.top}px`;
  box.style.width = `${at.width}px`;
  box.style.height = `${at.height}px`;
}

/** Lets a pointer draw on the layer: a drag, or a click for each of two corners. */
function useDrawing(
  layer: RefObject<HTMLDivElement | null>,
  picture: HTMLImageElement | undefined,
) {
  const { session } = useBench();
  useEffect(() => {
    const element = layer.current;
    const draft = element?.querySelector<HTMLElement>("[data-draft]");
    if (!element || !draft || !picture) return;
    const drawing = new Drawing(element, {
      image: () => picture.getBoundingClientRect(),
      least: () => session.regions.least(),
      show: (box) => {
        draft.hidden = box === null;
        if (box) placeBox(draft, toScreen(box, picture.getBoundingClientRect()), element);
      },
      done: (box) => session.regions.add(box),
    });
    return () => drawing.stop();
  }, [layer, picture, session]);
}
