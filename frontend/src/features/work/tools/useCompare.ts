import { useSyncExternalStore } from "react";
import type { CompareState } from "../../../core/compare/state";
import { useBench } from "../context";

/** The state of the comparison tools, read anew after every change. */
export function useCompare(): CompareState {
  const { state } = useBench().actions.compare;
  return useSyncExternalStore(state.subscribe, state.get);
}

/** The candidate that the focused one is compared with; null is the source. */
export function useReference(): string | null {
  useCompare();
  return useBench().actions.compare.reference;
}
