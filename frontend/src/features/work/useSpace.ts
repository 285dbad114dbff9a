import { type RefObject, useLayoutEffect, useState } from "react";
import type { Space } from "../../core/layout";

/** Where an element lies in the window and how large it is, followed through resizes and zoom. */
export function useSpace(ref: RefObject<HTMLElement | null>): Space | null {
  const [space, setSpace] = useState<Space | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const { left, top, width, height } = element.getBoundingClientRect();
      setSpace({ left, top, width, height, ratio: devicePixelRatio });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const stop = watchRatio(measure);
    measure();
    return () => {
      observer.disconnect();
      stop();
    };
  }, [ref]);
  return space;
}

/** Tells when the window comes to a screen of another pixel ratio. Returns how to stop. */
function watchRatio(onChange: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const watch = () => {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    const changed = () => {
      onChange();
      watch();
    };
    query.addEventListener("change", changed, { once: true, signal });
  };
  watch();
  return () => stop.abort();
}
