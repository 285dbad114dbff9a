import { type CSSProperties, type ReactNode, useLayoutEffect, useRef } from "react";
import type { StagePane } from "../../../core/stageView";
import type { Size } from "../../../core/viewport";
import { useBench } from "../context";
import { isReduced, type Layer, placeLayers } from "../Pane";

interface TopFrameProps {
  readonly frame: Size;
  readonly layers: readonly Layer[];
  readonly style?: CSSProperties;
  readonly children?: ReactNode;
}

/** A second view on the shared frame, over the pictures of a pane. */
export function TopFrame({ frame, layers, style, children }: TopFrameProps) {
  const { stage } = useBench();
  const area = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const pictures = useRef<HTMLDivElement>(null);
  const pane = useRef<StagePane>(null);

  useLayoutEffect(() => {
    if (!area.current || !inner.current) return;
    const size = { width: 1, height: 1 };
    pane.current = { area: area.current, frame: inner.current, size, isReduced: false };
    return stage.register(pane.current);
  }, [stage]);

  useLayoutEffect(() => {
    if (pictures.current) placeLayers(pictures.current, layers, frame);
    if (pane.current) pane.current.isReduced = layers.some(isReduced);
    stage.apply();
  }, [stage, layers, frame]);

  return (
    <div className="top-frame" ref={area} style={style}>
      <div className="frame" ref={inner} style={{ width: frame.width, height: frame.height }}>
        <div ref={pictures} />
        {children}
      </div>
    </div>
  );
}
