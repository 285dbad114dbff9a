import { type RefObject, useEffect, useRef } from "react";
import { imagePoint, placeInFrame } from "../../../core/placement";
import type { PreparedTask } from "../../../core/prefetch";
import type { Point, Size } from "../../../core/viewport";
import { useWords } from "../../../ui/i18n";
import { useBench, useWork } from "../context";
import { useCompare, useReference } from "./useCompare";
import { nameOf } from "./words";

const side = 168;
/** Device pixels per frame pixel, at least; closer in, twice what the panes show. */
const least = 4;

/** A picture as the loupe draws it. */
interface Seen {
  readonly element: HTMLImageElement;
  readonly size: Size;
  readonly label: string | null;
}

/** What the focused candidate is compared with and the candidate, side by side, under the pointer. */
export function Loupe({ task }: { task: PreparedTask }) {
  const { hasLoupe } = useCompare();
  return hasLoupe ? <OpenLoupe task={task} /> : null;
}

function OpenLoupe({ task }: { task: PreparedTask }) {
  const words = useWords();
  const { cell } = useWork();
  const reference = useReference();
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<HTMLCanvasElement>(null);
  const after = useRef<HTMLCanvasElement>(null);
  useDrawing(task, cell.label, reference, box, [before, after]);
  const other = nameOf(words, reference);
  const label = words.t("compare.loupe", { other, label: cell.label });
  return (
    <div className="loupe" ref={box} role="img" aria-label={label}>
      <canvas ref={before} style={{ width: side, height: side }} />
      <canvas ref={after} style={{ width: side, height: side }} />
    </div>
  );
}

function useDrawing(
  task: PreparedTask,
  label: string,
  reference: string | null,
  box: RefObject<HTMLDivElement | null>,
  [before, after]: readonly RefObject<HTMLCanvasElement | null>[],
) {
  const { stage } = useBench();
  useEffect(() => {
    const { source, id } = task.assignment;
    let point = { x: source.width / 2, y: source.height / 2 };
    const paint = (canvas: HTMLCanvasElement | null | undefined, picture: Seen | null) => {
      if (!canvas || !picture) return;
      const placement = picture.label === null ? undefined : stage.placements.of(id, picture.label);
      const rect = placeInFrame(picture.size, source, placement);
      const zoom = Math.max(least, (2 * stage.pixels()) / Math.max(source.width, source.height));
      const seen = (side * devicePixelRatio) / zoom;
      drawPart(canvas, picture.element, imagePoint(point, rect), {
        width: (seen / rect.width) * picture.element.naturalWidth,
        height: (seen / rect.height) * picture.element.naturalHeight,
      });
    };
    const draw = () => {
      paint(before?.current, pictureOf(task, reference));
      paint(after?.current, pictureOf(task, label));
    };
    const onMove = (event: PointerEvent) => {
      const isOnPane = event.target instanceof Element && event.target.closest(".pane-area");
      const found = isOnPane ? stage.at(event) : null;
      if (!found) return;
      point = found.point;
      keepAway(box.current, event);
      draw();
    };
    window.addEventListener("pointermove", onMove);
    const stop = stage.view.subscribe(draw);
    draw();
    return () => {
      window.removeEventListener("pointermove", onMove);
      stop();
    };
  }, [task, label, reference, stage, box, before, after]);
}

function pictureOf(task: PreparedTask, label: string | null): Seen | null {
  const { assignment, images } = task;
  if (label === null) return { element: images.source, size: assignment.source, label };
  const size = assignment.candidates.find((candidate) => candidate.label === label);
  const element = images.candidates.get(label);
  return size && element ? { element, size, label } : null;
}

/** Draws the part of a picture around a point, in 0..1 of it, pixel by pixel. */
function drawPart(
  canvas: HTMLCanvasElement,
  element: HTMLImageElement,
  at: Point,
  { width, height }: Size,
): void {
  canvas.width = side * devicePixelRatio;
  canvas.height = side * devicePixelRatio;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.imageSmoothingEnabled = false;
  const left = at.x * element.naturalWidth - width / 2;
  const top = at.y * element.naturalHeight - height / 2;
  pen.drawImage(element, left, top, width, height, 0, 0, canvas.width, canvas.height);
}

/** Puts the loupe at the edge of the stage that the pointer is away from. */
function keepAway(loupe: HTMLElement | null, pointer: PointerEvent): void {
  const area = loupe?.parentElement?.getBoundingClientRect();
  if (!loupe || !area) return;
  loupe.dataset.edge = pointer.clientY < area.top + area.height / 2 ? "bottom" : "top";
}
