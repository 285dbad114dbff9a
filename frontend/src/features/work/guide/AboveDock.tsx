import { useEffect } from "react";
import type { PreparedTask } from "../../../core/prefetch";
import { useBench, useWork } from "../context";
import { AnchorShelf } from "./AnchorShelf";
import { Lineup } from "./Lineup";
import { Tour } from "./Tour";
import { useGuide } from "./useGuide";

/** What lies over the lower stage when asked for; the images neither move nor change their size. */
export function AboveDock({ task }: { task: PreparedTask }) {
  const { session, actions } = useBench();
  const { painted, panel } = useWork();
  const { shelf, lineup, tour } = useGuide();
  const { id } = task.assignment;
  const { guide } = actions;
  useEffect(() => {
    if (painted && id) guide.greet();
  }, [guide, painted, id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new task has another line-up
  useEffect(() => guide.showLineup(false), [guide, id]);

  return (
    <>
      {lineup && session.missing.length === 0 ? <Lineup task={task} /> : shelf && <AnchorShelf />}
      {tour !== null && panel === null && <Tour step={tour} />}
    </>
  );
}
