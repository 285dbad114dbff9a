import { useMemo, useSyncExternalStore } from "react";
import type { Placement } from "../../core/placement";
import type { PreparedTask } from "../../core/prefetch";
import { useBench } from "./context";

/** What was chosen for the candidates of a task: a function of the letter that changes with a choice. */
export function usePlacements(task: PreparedTask): (label: string) => Placement | undefined {
  const { placements } = useBench().stage;
  const chosen = useSyncExternalStore(placements.chosen.subscribe, placements.chosen.get);
  const { id } = task.assignment;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` reads what was chosen
  return useMemo(() => (label: string) => placements.of(id, label), [placements, chosen, id]);
}
