import { type CSSProperties, useLayoutEffect, useRef } from "react";
import type { Box } from "../../../core/compare/area";
import type { PaintedMap } from "../../../core/compare/maps";
import type { PreparedTask } from "../../../core/prefetch";
import type { Layer } from "../Pane";
import { TopFrame } from "./TopFrame";
import { useCompare } from "./useCompare";

const nothing: readonly Layer[] = [];

interface MapFrameProps {
  readonly task: PreparedTask;
  readonly map: PaintedMap;
  readonly box: Box;
}

/** The change map in place; for what is outside the change, with a hole where the edit is dimmed. */
export function MapFrame({ task, map, box }: MapFrameProps) {
  const { tool, area } = useCompare();
  const { source, edit_mask } = task.assignment;
  const canvas = useRef<HTMLCanvasElement>(null);
  const { picture } = map;
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    element.width = picture.width;
    element.height = picture.height;
    element.getContext("2d")?.drawImage(picture, 0, 0);
  }, [picture]);
  const place = { left: box.left, top: box.top, width: box.width, height: box.height };
  const hole = tool === "outside" ? holeStyle(edit_mask?.url ?? null, area) : {};
  return (
    <TopFrame frame={source} layers={nothing}>
      {tool === "outside" && <div className="map-dim" />}
      <div className="map-window" style={hole}>
        <canvas ref={canvas} className="map-picture" style={place} />
      </div>
    </TopFrame>
  );
}

/** Cuts the intended area out of the map: the white of a mask, or a box in parts of the frame. */
function holeStyle(mask: string | null, area: Box | null): CSSProperties {
  if (mask !== null)
    return {
      maskImage: `linear-gradient(#fff, #fff), url("${mask}")`,
      maskMode: "alpha, luminance",
      maskComposite: "exclude",
      maskSize: "100% 100%",
    };
  if (!area) return {};
  const [left, top] = [area.left * 100, area.top * 100];
  const [right, bottom] = [left + area.width * 100, top + area.height * 100];
  const corners = [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
    [0, 0],
    [left, top],
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
  const points = corners.map(([x, y]) => `${x}% ${y}%`).join(", ");
  return { clipPath: `polygon(evenodd, ${points})` };
}
