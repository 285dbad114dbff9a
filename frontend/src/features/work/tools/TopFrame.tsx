import type { CSSProperties, ReactNode } from "react";
import type { Size } from "../../../core/viewport";
import { type Layer, useStagePane } from "../Pane";

interface TopFrameProps {
  readonly frame: Size;
  readonly layers: readonly Layer[];
  readonly style?: CSSProperties;
  readonly children?: ReactNode;
}

/** A second view on the shared frame, over the pictures of a pane. */
export function TopFrame({ frame, layers, style, children }: TopFrameProps) {
  const { area, inner, pictures } = useStagePane(frame, layers);
  return (
    <div className="top-frame" ref={area} style={style}>
      <div className="frame" ref={inner} style={{ width: frame.width, height: frame.height }}>
        <div ref={pictures} />
        {children}
      </div>
    </div>
  );
}
