import type { Guide } from "../../../core/guide";

const signs = ["keydown", "pointermove", "pointerdown", "wheel", "focus"] as const;

/** Tells the guide of every sign of life in the page; returns how to stop. */
export function watchBreaks(guide: Guide): () => void {
  const touch = () => guide.touch(document.visibilityState === "visible" && document.hasFocus());
  for (const name of signs) window.addEventListener(name, touch, { passive: true });
  return () => {
    for (const name of signs) window.removeEventListener(name, touch);
  };
}
