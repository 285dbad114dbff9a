import { type PointerEvent, useRef } from "react";
import { useBench } from "./context";

/** How far a finger goes on the strip for the next candidate. */
const stride = 48;

/** A finger that goes along the candidate tabs changes the candidate, one after the other. */
export function useSwipe() {
  const { session } = useBench();
  const from = useRef<number | null>(null);
  const end = () => {
    from.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType === "touch" && event.isPrimary) from.current = event.clientX;
    },
    onPointerMove: (event: PointerEvent) => {
      if (from.current === null || !event.isPrimary || !session.isReady) return;
      const steps = Math.trunc((from.current - event.clientX) / stride);
      if (steps === 0) return;
      from.current -= steps * stride;
      for (let step = 0; step < Math.abs(steps); step += 1)
        session.step("label", steps > 0 ? 1 : -1);
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
