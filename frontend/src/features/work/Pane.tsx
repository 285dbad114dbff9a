import { type CSSProperties, type ReactNode, useLayoutEffect, useRef } from "react";
import type { Box } from "../../core/layout";
import type { CandidateRef } from "../../core/model";
import { cutOff, type Placement, placeInFrame, type Rect } from "../../core/placement";
import type { PreparedTask } from "../../core/prefetch";
import type { StagePane } from "../../core/stageView";
import { cssMatrix, type Size } from "../../core/viewport";
import { useBench } from "./context";

/** One decoded picture in a pane; all lie on each other, one is seen. */
export interface Layer {
  readonly element: HTMLImageElement;
  readonly size: Size;
  readonly visible: boolean;
  /** How it lies in the frame, where that was chosen. */
  readonly placement?: Placement | undefined;
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
  placement?: Placement,
): Layer {
  const element = task.images.candidates.get(candidate.label);
  if (!element) throw new Error(`No picture of ${candidate.label}`);
  return { element, size: candidate, visible, placement };
}

interface PaneProps {
  readonly frame: Size;
  readonly box: Box;
  readonly captionHeight: number;
  readonly layers: readonly Layer[];
  readonly caption: ReactNode;
  readonly label: string;
  readonly current?: boolean;
  readonly onPress?: () => void;
  /** What lies over the pictures, where something does. */
  readonly overlay?: ReactNode;
  /** How all of them are drawn, where not as they are. */
  readonly areaStyle?: CSSProperties;
}

/** A view on the shared frame with the decoded pictures themselves in it. */
export function Pane(props: PaneProps) {
  const { frame, box, captionHeight, layers, caption, label, current, onPress, overlay } = props;
  const { area, inner } = useStagePane(frame, layers);
  const { left, top, width, height } = box;
  return (
    <figure className="pane" data-current={current || undefined} style={{ left, top, width }}>
      <div
        className="pane-area"
        ref={area}
        style={{ height, ...props.areaStyle }}
        role="img"
        aria-label={label}
        onPointerUp={onPress}
      >
        <div className="frame" ref={inner} style={{ width: frame.width, height: frame.height }} />
        {overlay}
      </div>
      <figcaption style={{ height: captionHeight }}>{caption}</figcaption>
    </figure>
  );
}

/** Registers a view on the shared frame: the area that clips, the frame that moves, its pictures. */
export function useStagePane(frame: Size, layers: readonly Layer[]) {
  const { stage } = useBench();
  const area = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  /** Where the pictures go, if not into the frame itself. */
  const pictures = useRef<HTMLDivElement>(null);
  const pane = useRef<StagePane>(null);

  useLayoutEffect(() => {
    if (!area.current || !inner.current) return;
    const size = { width: 1, height: 1 };
    pane.current = { area: area.current, frame: inner.current, size, isReduced: false };
    return stage.register(pane.current);
  }, [stage]);

  useLayoutEffect(() => {
    const parent = pictures.current ?? inner.current;
    if (parent) placeLayers(parent, layers, frame);
    if (pane.current) pane.current.isReduced = layers.some(isReduced);
    stage.apply();
  }, [stage, layers, frame]);

  return { area, inner, pictures };
}

/** Whether a picture has fewer pixels than the image itself. */
function isReduced({ element, size, visible }: Layer): boolean {
  return visible && element.naturalWidth < size.width;
}

/** Puts the pictures of layers into an element of the frame's size. */
function placeLayers(parent: HTMLElement, layers: readonly Layer[], frame: Size): void {
  parent.replaceChildren(...layers.map(({ element }) => element));
  for (const { element, size, visible, placement } of layers)
    place(element, size, placeInFrame(size, frame, placement), frame, visible);
}

/** Lays a picture of the image's own size into the frame by a transform: no edge is rounded. */
function place(image: HTMLImageElement, size: Size, rect: Rect, frame: Size, visible: boolean) {
  const { style } = image;
  style.width = `${size.width}px`;
  style.height = `${size.height}px`;
  const { left, top, width, height } = rect;
  style.transform = cssMatrix(left, top, width / size.width, height / size.height);
  const cut = cutOff(size, rect, frame);
  const sides = [cut.top, cut.right, cut.bottom, cut.left];
  const isCut = sides.some((side) => side > 0);
  style.clipPath = isCut ? `inset(${sides.map((side) => `${side}px`).join(" ")})` : "none";
  style.visibility = visible ? "visible" : "hidden";
}
