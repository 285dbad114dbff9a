import { useSyncExternalStore } from "react";
import type { GuideView } from "../../../core/guide";
import { useBench } from "../context";

/** What of the guidance is on the screen, read anew after every change. */
export function useGuide(): GuideView {
  const { view } = useBench().actions.guide;
  return useSyncExternalStore(view.subscribe, view.get);
}
