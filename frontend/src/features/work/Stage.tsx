import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { PreparedTask } from "../../core/prefetch";
import type { Size } from "../../core/viewport";
import { useWords } from "../../ui/i18n";
import { useBench, useWork } from "./context";
import { FocusView } from "./FocusView";
import { TieView } from "./marks/TieView";
import { SheetView } from "./SheetView";

const holdDelay = 250;

/** The pictures of the open task on the project's grey ground. */
export function Stage({ task }: { task: PreparedTask }) {
  const { stage, session, ground } = useBench();
  const { view, mode } = useWork();
  const { question } = session.tie;
  const words = useWords();
  const ref = useRef<HTMLElement>(null);
  const size = useSize(ref);
  const { source, candidates } = task.assignment;

  useLayoutEffect(() => {
    stage.reset(source, Math.max(...[source, ...candidates].map((image) => image.width)));
  }, [stage, source, candidates]);
  useEffect(() => (ref.current ? stage.attach(ref.current) : undefined), [stage]);
  const { id } = task.assignment;
  const isFocus = view === "focus" || mode === "region";
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => session.markPainted(id));
    });
    return () => cancelAnimationFrame(frame);
  }, [session, id]);

  return (
    <main
      id="content"
      className="stage"
      ref={ref}
      style={{ backgroundColor: ground }}
      aria-label={words.t("work.stage")}
      {...useHold()}
    >
      {size && question && <TieView task={task} size={size} question={question} />}
      {size && !question && isFocus && <FocusView task={task} size={size} />}
      {size && !question && !isFocus && <SheetView task={task} size={size} />}
    </main>
  );
}

/** A finger that rests on the stage shows the source, like the held key. */
function useHold() {
  const { session } = useBench();
  const timer = useRef(0);
  const end = () => {
    clearTimeout(timer.current);
    session.holdSource(false);
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType !== "touch") return;
      timer.current = window.setTimeout(() => session.holdSource(true), holdDelay);
    },
    onPointerMove: (event: PointerEvent) => {
      if (Math.hypot(event.movementX, event.movementY) > 4) clearTimeout(timer.current);
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu: (event: { preventDefault(): void }) => event.preventDefault(),
  };
}

/** The size of an element, followed through resizes. */
function useSize(ref: { current: HTMLElement | null }): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
