import { type PointerEvent, useRef } from "react";
import { useBench } from "./context";

const holdDelay = 250;
const slip = 4;

/** A finger that rests on the stage shows the source, like the held key. */
export function useHold() {
  const { session } = useBench();
  const timer = useRef(0);
  const end = () => {
    clearTimeout(timer.current);
    session.holdSource(false);
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType !== "touch") return;
      clearTimeout(timer.current);
      if (event.isPrimary) {
        timer.current = window.setTimeout(() => session.holdSource(true), holdDelay);
      }
    },
    onPointerMove: (event: PointerEvent) => {
      if (Math.hypot(event.movementX, event.movementY) > slip) clearTimeout(timer.current);
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu: (event: { preventDefault(): void }) => event.preventDefault(),
  };
}
