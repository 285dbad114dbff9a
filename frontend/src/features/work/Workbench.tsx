import { useEffect, useState } from "react";
import { Link } from "wouter";
import type { Project } from "../../api/types";
import { ApiError } from "../../core/problem";
import { useWords } from "../../ui/i18n";
import { explain } from "../../ui/problem";
import { useBench, useWork } from "./context";
import { Dock } from "./Dock";
import { useKeysAndFocus } from "./focus";
import { LeaveForHome } from "./guide/LeaveForHome";
import { Panels } from "./Panels";
import { Stage } from "./Stage";
import { TopBar } from "./TopBar";
import { UndoNotice } from "./UndoNotice";

const longestWait = 60;
const shortestWait = 3;

/** The whole screen: bar, stage and dock while there is a task, else why there is none. */
export function Workbench({ project }: { project: Project }) {
  const { phase, task } = useWork();
  const words = useWords();
  useKeysAndFocus();
  useEffect(() => {
    document.title = `${project.title} · EditJury`;
  }, [project.title]);

  if (phase === "rating" && task) {
    return (
      <div className="bench">
        <TopBar task={task} />
        <Stage task={task} />
        <Dock task={task} />
        <Panels />
      </div>
    );
  }
  return (
    <div className="bench">
      <TopBar task={null} />
      <main id="content" className="bench-message">
        {phase === "loading" && <p role="status">{words.t("work.loading")}</p>}
        {phase === "failed" && <Failed />}
        {phase === "done" && <Done />}
        {phase === "waiting" && <Waiting />}
        {phase === "stopped" && <LeaveForHome />}
      </main>
      <Panels />
    </div>
  );
}

/** Why nothing is given out: the project is paused or archived. */
function Stopped({ state }: { state: "paused" | "archived" }) {
  const words = useWords();
  return (
    <>
      <h1>{words.t(`work.${state}Title`)}</h1>
      <p>{words.t(`work.${state}Text`)}</p>
      <HomeLink />
    </>
  );
}

function HomeLink() {
  const words = useWords();
  return (
    <p>
      <Link href="/" className="button">
        {words.t("work.home")}
      </Link>
    </p>
  );
}

function Failed() {
  const { session } = useBench();
  const { problem } = useWork();
  const words = useWords();
  if (problem?.code === "project_paused") return <Stopped state="paused" />;
  if (problem?.code === "project_archived") return <Stopped state="archived" />;
  if (problem?.code === "unblinded") {
    return (
      <>
        <h1>{words.t("work.unblindedTitle")}</h1>
        <p>{words.t("work.unblindedText")}</p>
        <HomeLink />
      </>
    );
  }
  return (
    <>
      <h1>{words.t("work.failedTitle")}</h1>
      {problem && <p role="alert">{explain(words, new ApiError(problem))}</p>}
      <p>
        <button type="button" className="primary" onClick={() => void session.advance()}>
          {words.t("work.retry")}
        </button>
      </p>
    </>
  );
}

function Done() {
  const { submitted } = useWork();
  const words = useWords();
  return (
    <>
      <h1>{words.t("work.doneTitle")}</h1>
      <p>{words.t("work.doneText")}</p>
      {submitted > 0 && <p>{words.plural("work.mine", submitted)}</p>}
      <UndoNotice />
      <HomeLink />
    </>
  );
}

/** All that is left is with others: looks again each minute. */
function Waiting() {
  const { session } = useBench();
  const words = useWords();
  const { retryAfter, withOthers } = useWork();
  const wait = Math.min(Math.max(retryAfter, shortestWait), longestWait);
  const [seconds, setSeconds] = useState(wait);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((left) => left - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (seconds > 0) return;
    setSeconds(wait);
    void session.advance();
  }, [seconds, session, wait]);
  const time = words.number(seconds, { style: "unit", unit: "second", unitDisplay: "long" });
  return (
    <>
      <h1>{words.t("work.waitingTitle")}</h1>
      <p>{words.t("work.waitingText")}</p>
      {withOthers > 0 && <p>{words.plural("save.withOthers", withOthers)}</p>}
      <p>{words.t("work.waitingNext", { time })}</p>
      <UndoNotice />
      <p>
        <button type="button" className="primary" onClick={() => void session.advance()}>
          {words.t("work.lookNow")}
        </button>
      </p>
    </>
  );
}
