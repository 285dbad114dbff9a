import { useEffect, useRef } from "react";
import type { Box } from "../../../core/model";
import type { PreparedTask } from "../../../core/prefetch";
import { toScreen } from "../../../core/regions";
import { useWords } from "../../../ui/i18n";
import { useBench } from "../context";
import { Drawing } from "../drawing";
import { TopFrame } from "./TopFrame";

/** The surface to draw the intended area on, once, with a pointer. */
export function AreaDrawing({ task }: { task: PreparedTask }) {
  const { compare } = useBench().actions;
  const words = useWords();
  const layer = useRef<HTMLDivElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  const draft = useRef<HTMLDivElement>(null);
  const { source } = task.assignment;
  useEffect(() => {
    const [surface, frame, outline] = [layer.current, whole.current, draft.current];
    if (!surface || !frame || !outline) return;
    const image = () => frame.getBoundingClientRect();
    const drawing = new Drawing(surface, {
      image,
      least: () => ({ x: 1 / source.width, y: 1 / source.height }),
      show: (box) => {
        outline.hidden = box === null;
        if (box) put(outline, toScreen(box, image()), surface.getBoundingClientRect());
      },
      done: ([left, top, right, bottom]: Box) =>
        compare.setArea({ left, top, width: right - left, height: bottom - top }),
    });
    return () => drawing.stop();
  }, [compare, source]);
  return (
    <>
      <TopFrame frame={source} layers={[]}>
        <div className="whole-frame" ref={whole} />
      </TopFrame>
      <div className="region-layer" ref={layer} title={words.t("compare.draw")}>
        <div className="region-box" data-chosen ref={draft} hidden />
      </div>
    </>
  );
}

function put(element: HTMLElement, at: DOMRectReadOnly | Rect, origin: DOMRectReadOnly): void {
  element.style.left = `${at.left - origin.left}px`;
  element.style.top = `${at.top - origin.top}px`;
  element.style.width = `${at.width}px`;
  element.style.height = `${at.height}px`;
}

type Rect = Pick<DOMRectReadOnly, "left" | "top" | "width" | "height">;
