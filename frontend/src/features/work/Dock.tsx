import { levelOf } from "../../core/answers";
import { isLow } from "../../core/judging";
import type { PreparedTask } from "../../core/prefetch";
import { workAction } from "../../core/workActions";
import type { Panel } from "../../core/workState";
import { useWords } from "../../ui/i18n";
import { Caps } from "../../ui/Keys";
import { useBench, useWork } from "./context";
import { focusCurrentTab } from "./focus";
import { LevelPanel } from "./Levels";
import { Tabs } from "./Tabs";

/** Everything one rates with: candidates, levels, tools, and the way on. */
export function Dock({ task }: { task: PreparedTask }) {
  const words = useWords();
  return (
    <section className="dock" aria-label={words.t("work.rateGroup")}>
      <Tabs task={task} />
      <LevelPanel />
      <div className="dock-end">
        <Tools />
        <Submit />
      </div>
    </section>
  );
}

function Tools() {
  const { session } = useBench();
  const { answers, cell, painted } = useWork();
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
      disabled={!painted || !isOffered}
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
      {tool("comment", words.t("work.comment"), answers.comment !== "", true)}
      {tool("cannot", words.t("work.cannot"), answers.cannot_judge.length > 0, true)}
    </div>
  );
}

function Submit() {
  const { session } = useBench();
  const { amends, painted } = useWork();
  const words = useWords();
  const { missing } = session;
  const [first] = missing;
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
      aria-disabled={first !== undefined}
      data-complete={first === undefined || undefined}
      onClick={press}
    >
      <span className="submit-word">
        {words.t(amends ? "work.amend" : "work.submit")} {!first && <kbd>Enter</kbd>}
      </span>
      {first && (
        <span className="submit-missing">{words.plural("work.missing", missing.length)}</span>
      )}
    </button>
  );
}
