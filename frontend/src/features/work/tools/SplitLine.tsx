import type { PointerEvent } from "react";
import { useEffect, useRef } from "react";

interface SplitLineProps {
  readonly at: number;
  readonly onMove: (split: number) => void;
}

/** The line between the two pictures of the slider; a pointer moves it, its range input is in the caption. */
export function SplitLine({ at, onMove }: SplitLineProps) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = line.current;
    const grip = (event: globalThis.PointerEvent) => {
      // The stage pans with a drag that begins here unless it never hears of it.
      event.stopPropagation();
      element?.setPointerCapture(event.pointerId);
    };
    element?.addEventListener("pointerdown", grip);
    return () => element?.removeEventListener("pointerdown", grip);
  }, []);
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const area = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!area || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onMove(Math.min(Math.max((event.clientX - area.left) / area.width, 0), 1));
  };
  return (
    <div
      className="split-line"
      ref={line}
      style={{ left: `${at * 100}%` }}
      onPointerMove={onPointerMove}
    />
  );
}
