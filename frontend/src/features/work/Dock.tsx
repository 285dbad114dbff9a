import { pressAction } from "../../core/actions";
import { levelOf } from "../../core/answers";
import { isLow } from "../../core/judging";
import type { PreparedTask } from "../../core/prefetch";
import { workAction } from "../../core/workActions";
import type { Panel } from "../../core/workState";
import { useWords } from "../../ui/i18n";
import { Caps } from "../../ui/Keys";
import { useBench, useWork } from "./context";
import { focusCurrentTab } from "./focus";
import { AboveDock } from "./guide/AboveDock";
import { LevelPanel } from "./Levels";
import { RegionPanel } from "./marks/RegionPanel";
import { TiePanel } from "./marks/TiePanel";
import { Tabs } from "./Tabs";

/** Everything one rates with: candidates, levels, tools, and the way on. */
export function Dock({ task }: { task: PreparedTask }) {
  const words = useWords();
  return (
    <section className="dock" aria-label={words.t("work.rateGroup")}>
      <AboveDock task={task} />
      <Tabs task={task} />
      <Asked />
      <div className="dock-end">
        <Tools />
        <Submit />
      </div>
    </section>
  );
}

/** What is asked now: a level, a region, or which of two is better. */
function Asked() {
  const { session } = useBench();
  const { mode } = useWork();
  const { question } = session.tie;
  if (mode === "region") return <RegionPanel />;
  return question ? <TiePanel question={question} /> : <LevelPanel />;
}

function Tools() {
  const { session, actions } = useBench();
  const { answers, cell, painted, mode } = useWork();
  const words = useWords();
  const level = levelOf(answers, cell);
  const { dimension } = session;
  const wantsReason = dimension !== undefined && level !== undefined && isLow(dimension, level);
  const tool = (
    panel: Exclude<Panel, null>,
    label: string,
    isMarked: boolean,
    isOffered: boolean,
  ) => (
    <button
      type="button"
      className="tool"
      data-action={panel}
      disabled={!painted || mode !== "rate" || !isOffered}
      onClick={() => session.setPanel(panel)}
      data-marked={isMarked || undefined}
    >
      <span>{label}</span>
      <Caps action={workAction(panel)} />
    </button>
  );
  return (
    <div className="tools">
      {session.document.low_score_reasons.length > 0 &&
        tool("reasons", words.t("work.reasons"), answers.reasons.length > 0, wantsReason)}
      <button
        type="button"
        className="tool"
        data-action="region"
        disabled={!painted || mode === "tie"}
        aria-pressed={mode === "region"}
        data-marked={answers.regions.length > 0 || undefined}
        onClick={() => pressAction(workAction("region"), actions)}
      >
        <span>{words.t("work.region")}</span>
        <Caps action={workAction("region")} />
      </button>
      {tool("comment", words.t("work.comment"), answers.comment !== "", true)}
      {tool("cannot", words.t("work.cannot"), answers.cannot_judge.length > 0, true)}
    </div>
  );
}

function Submit() {
  const { session, actions } = useBench();
  const { amends, painted } = useWork();
  const words = useWords();
  const { missing, tie } = session;
  const [first] = missing;
  const isComplete = first === undefined && tie.open === 0;
  const press = () => {
    if (!first) return void session.submit();
    session.go(first);
    focusCurrentTab();
  };
  return (
    <button
      type="button"
      className="submit"
      data-action="submit"
      disabled={!painted}
      aria-disabled={!isComplete}
      data-complete={isComplete || undefined}
      onClick={press}
      onPointerEnter={(event) => actions.guide.showLineup(event.pointerType === "mouse" && !first)}
      onPointerLeave={() => actions.guide.showLineup(false)}
    >
      <span className="submit-word">
        {words.t(amends ? "work.amend" : "work.submit")}{" "}
        {isComplete && <Caps action={workAction("submit")} />}
      </span>
      {!isComplete && (
        <span className="submit-missing">
          {first
            ? words.plural("work.missing", missing.length)
            : words.plural("work.tieLeft", tie.open)}
        </span>
      )}
    </button>
  );
}
