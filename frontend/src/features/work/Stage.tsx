import { type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { packSheet, pairDirection } from "../../core/layout";
import type { CandidateRef } from "../../core/model";
import type { PreparedTask } from "../../core/prefetch";
import type { Size } from "../../core/viewport";
import { useWords } from "../../ui/i18n";
import { useBench, useWork } from "./context";
import { LevelChips } from "./Levels";
import { type Layer, Pane } from "./Pane";

const gutter = 8;
const focusCaption = 20;
const sheetCaption = 32;
const smallestPane = 280;
const pageSize = 7;
const holdDelay = 250;

/** The pictures of the open task on the project's grey ground. */
export function Stage({ task }: { task: PreparedTask }) {
  const { stage, session, ground } = useBench();
  const { view } = useWork();
  const words = useWords();
  const ref = useRef<HTMLElement>(null);
  const size = useSize(ref);
  const { source, candidates } = task.assignment;

  useLayoutEffect(() => {
    stage.reset(source, Math.max(...[source, ...candidates].map((image) => image.width)));
  }, [stage, source, candidates]);
  useEffect(() => (ref.current ? stage.attach(ref.current) : undefined), [stage]);
  const { id } = task.assignment;
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
      {size && view === "focus" && <FocusView task={task} size={size} />}
      {size && view === "sheet" && <SheetView task={task} size={size} />}
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

function FocusView({ task, size }: { task: PreparedTask; size: Size }) {
  const words = useWords();
  const { cell, sourceHeld } = useWork();
  const { source, candidates } = task.assignment;
  const isNarrow = size.width < 600;
  const aspect = source.width / source.height;
  const direction = pairDirection(aspect, size.width, size.height, gutter, focusCaption);
  const first = useMemo<Layer[]>(
    () => [{ element: task.images.source, size: source, visible: true }],
    [task, source],
  );
  const second = useMemo<Layer[]>(() => {
    const edits = candidates.map((candidate) =>
      layer(task, candidate, !sourceHeld && candidate.label === cell.label),
    );
    return [...edits, { element: task.images.over, size: source, visible: sourceHeld }];
  }, [task, source, candidates, cell.label, sourceHeld]);
  const caption = sourceHeld ? words.t("work.sourceInPlace") : cell.label;
  const label = sourceHeld
    ? words.t("work.source")
    : words.t("work.candidate", { label: cell.label });

  return (
    <div className="pair" style={{ flexDirection: direction }}>
      {!isNarrow && (
        <Pane
          frame={source}
          layers={first}
          caption={words.t("work.source")}
          label={words.t("work.source")}
        />
      )}
      <Pane frame={source} layers={second} caption={<strong>{caption}</strong>} label={label} />
    </div>
  );
}

function layer(task: PreparedTask, candidate: CandidateRef, visible: boolean): Layer {
  const element = task.images.candidates.get(candidate.label);
  if (!element) throw new Error(`No picture of ${candidate.label}`);
  return { element, size: candidate, visible };
}

function SheetView({ task, size }: { task: PreparedTask; size: Size }) {
  const words = useWords();
  const { source } = task.assignment;
  const { cell } = useWork();
  const margin = 16;
  const space = {
    width: size.width - 2 * margin,
    height: size.height - 2 * margin,
    gutter,
    caption: sheetCaption,
  };
  const shown = pageOf(
    task.assignment.candidates,
    cell.label,
    (count) => packSheet(count + 1, source.width / source.height, space).width >= smallestPane,
  );
  const layout = packSheet(shown.length + 1, source.width / source.height, space);
  const sourceLayers = useMemo<Layer[]>(
    () => [{ element: task.images.source, size: source, visible: true }],
    [task, source],
  );
  const columns = `repeat(${layout.columns}, ${Math.floor(layout.width)}px)`;
  const rows = `${Math.floor(layout.height) + sheetCaption}px`;

  return (
    <div
      className="sheet"
      style={{ gridTemplateColumns: columns, gridAutoRows: rows, gap: gutter }}
    >
      <Pane
        frame={source}
        layers={sourceLayers}
        caption={words.t("work.source")}
        label={words.t("work.source")}
      />
      {shown.map((candidate) => (
        <SheetPane key={candidate.label} task={task} candidate={candidate} />
      ))}
    </div>
  );
}

/** All candidates where they are large enough, else the page of seven that holds the current one. */
function pageOf(
  all: readonly CandidateRef[],
  label: string,
  isLargeEnough: (count: number) => boolean,
): readonly CandidateRef[] {
  if (all.length <= pageSize || isLargeEnough(all.length)) return all;
  const at = Math.max(
    0,
    all.findIndex((candidate) => candidate.label === label),
  );
  const start = Math.floor(at / pageSize) * pageSize;
  return all.slice(start, start + pageSize);
}

function SheetPane({ task, candidate }: { task: PreparedTask; candidate: CandidateRef }) {
  const words = useWords();
  const { session } = useBench();
  const { cell, sourceHeld } = useWork();
  const { source } = task.assignment;
  const isCurrent = candidate.label === cell.label;
  const isSource = isCurrent && sourceHeld;
  const layers = useMemo<Layer[]>(() => {
    const own = layer(task, candidate, !isSource);
    return isCurrent
      ? [own, { element: task.images.over, size: source, visible: isSource }]
      : [own];
  }, [task, candidate, source, isCurrent, isSource]);
  const label = words.t("work.candidate", { label: candidate.label });

  return (
    <Pane
      frame={source}
      layers={layers}
      label={label}
      current={isCurrent}
      onPress={() => session.go({ label: candidate.label })}
      caption={
        <>
          <strong>{isSource ? words.t("work.sourceInPlace") : candidate.label}</strong>
          <LevelChips label={candidate.label} />
        </>
      }
    />
  );
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
