import { type ReactNode, useLayoutEffect, useRef } from "react";
import type { CandidateRef } from "../../core/model";
import type { PreparedTask } from "../../core/prefetch";
import { placeInFrame, type Size } from "../../core/viewport";
import { useBench } from "./context";

/** One decoded picture in a pane; all lie on each other, one is seen. */
export interface Layer {
  readonly element: HTMLImageElement;
  readonly size: Size;
  readonly visible: boolean;
}

/** One of the two pictures of a task's source as a layer. */
export function sourceLayer(
  task: PreparedTask,
  element: HTMLImageElement,
  visible: boolean,
): Layer {
  return { element, size: task.assignment.source, visible };
}

/** The picture of a candidate as a layer. */
export function candidateLayer(
  task: PreparedTask,
  candidate: CandidateRef,
  visible: boolean,
): Layer {
  const element = task.images.candidates.get(candidate.label);
  if (!element) throw new Error(`No picture of ${candidate.label}`);
  return { element, size: candidate, visible };
}

interface PaneProps {
  readonly frame: Size;
  readonly layers: readonly Layer[];
  readonly caption: ReactNode;
  readonly label: string;
  readonly current?: boolean;
  readonly onPress?: () => void;
  /** What lies over the pictures, where something does. */
  readonly overlay?: ReactNode;
}

/** A view on the shared frame with the decoded pictures themselves in it. */
export function Pane(props: PaneProps) {
  const { frame, layers, caption, label, current = false, onPress, overlay } = props;
  const { stage } = useBench();
  const area = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!area.current || !inner.current) return;
    return stage.register(area.current, inner.current);
  }, [stage]);

  useLayoutEffect(() => {
    inner.current?.replaceChildren(...layers.map(({ element }) => element));
    for (const { element, size, visible } of layers)
      place(element, placeInFrame(size, frame), visible);
  }, [layers, frame]);

  return (
    <figure className="pane" data-current={current || undefined}>
      <div className="pane-area" ref={area} role="img" aria-label={label} onPointerUp={onPress}>
        <div className="frame" ref={inner} style={{ width: frame.width, height: frame.height }} />
        {overlay}
      </div>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

function place(
  image: HTMLImageElement,
  box: Size & { left: number; top: number },
  visible: boolean,
) {
  image.style.left = `${box.left}px`;
  image.style.top = `${box.top}px`;
  image.style.width = `${box.width}px`;
  image.style.height = `${box.height}px`;
  image.style.visibility = visible ? "visible" : "hidden";
}
