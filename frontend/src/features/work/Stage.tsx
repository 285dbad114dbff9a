import { useEffect, useLayoutEffect, useRef } from "react";
import type { PreparedTask } from "../../core/prefetch";
import type { Size } from "../../core/viewport";
import { useWords } from "../../ui/i18n";
import { useBench, useWork } from "./context";
import { FocusView } from "./FocusView";
import { TieView } from "./marks/TieView";
import { SheetView } from "./SheetView";
import { Loupe } from "./tools/Loupe";
import { useHold } from "./useHold";
import { useSpace } from "./useSpace";

/** The pictures of the open task on the project's grey ground. */
export function Stage({ task }: { task: PreparedTask }) {
  const { stage, session, ground, minimumStage } = useBench();
  const shown = useShown();
  const words = useWords();
  const ref = useRef<HTMLElement>(null);
  const space = useSpace(ref);
  const { assignment } = task;
  const { id } = assignment;
  const isShown = space !== null && Math.min(space.width, space.height) >= minimumStage;

  useLayoutEffect(() => stage.open(assignment), [stage, assignment]);
  useEffect(() => (ref.current ? stage.attach(ref.current) : undefined), [stage]);
  useEffect(() => {
    if (!isShown) return session.markHidden();
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => session.markPainted(id));
    });
    return () => cancelAnimationFrame(frame);
  }, [session, id, isShown]);

  return (
    <main
      id="content"
      className="stage"
      data-view={shown}
      ref={ref}
      style={{ backgroundColor: ground }}
      aria-label={words.t("work.stage")}
      {...useHold()}
    >
      {space && !isShown && <TooSmall size={space} least={minimumStage} />}
      {space && isShown && shown === "tie" && <TieView task={task} space={space} />}
      {space && isShown && shown === "focus" && <FocusView task={task} space={space} />}
      {space && isShown && shown === "sheet" && <SheetView task={task} space={space} />}
      {isShown && shown !== "tie" && <Loupe task={task} />}
    </main>
  );
}

/** What the stage shows: a region is marked on one candidate, a question is about two. */
function useShown(): "tie" | "focus" | "sheet" {
  const { session } = useBench();
  const { view, mode } = useWork();
  if (session.tie.question) return "tie";
  return mode === "region" ? "focus" : view;
}

/** Why nothing can be rated here, and what to enlarge. */
function TooSmall({ size, least }: { size: Size; least: number }) {
  const words = useWords();
  const isNarrow = size.width < least;
  const isLow = size.height < least;
  const what = isNarrow && isLow ? "stage.both" : isNarrow ? "stage.width" : "stage.height";
  return (
    <div className="stage-small" role="alert">
      <h2>{words.t("stage.small")}</h2>
      <p>
        {words.t("stage.least", {
          least: words.number(least),
          width: words.number(Math.floor(size.width)),
          height: words.number(Math.floor(size.height)),
        })}
      </p>
      <p>{words.t(what)}</p>
    </div>
  );
}
