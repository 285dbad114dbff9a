import type { ReactNode } from "react";
import { fastest, gains, slowest } from "../../../core/compare/state";
import type { PreparedTask } from "../../../core/prefetch";
import { useWords } from "../../../ui/i18n";
import { useBench, useWork } from "../context";
import { ToolMenu } from "./ToolMenu";
import { useCompare, useReference } from "./useCompare";
import { nameOf, titleOf } from "./words";

/** The caption of the compare pane: what it shows, the settings of the tool, the way to all tools. */
export function ToolCaption({ task, note }: { task: PreparedTask; note: ReactNode }) {
  const words = useWords();
  const compare = useCompare();
  const reference = useReference();
  const { cell, sourceHeld } = useWork();
  const title = sourceHeld
    ? words.t("work.sourceInPlace")
    : titleOf(words, compare, cell.label, reference);
  return (
    <div
      className="tool-caption"
      // A finger that rests on a control does not ask for the source.
      onPointerDown={(event) => event.stopPropagation()}
    >
      <div className="tool-settings">
        {note}
        {!sourceHeld && <Settings task={task} />}
      </div>
      <strong className="tool-title" data-tool={compare.tool}>
        {title}
      </strong>
      <div className="tool-end">
        <ToolMenu />
      </div>
    </div>
  );
}

/** What can be set about the tool in use, or why it shows nothing. */
function Settings({ task }: { task: PreparedTask }) {
  const { tool } = useCompare();
  switch (tool) {
    case "pair":
    case "side":
      return null;
    case "blink":
      return <BlinkSettings />;
    case "slider":
      return <SliderSettings />;
    case "difference":
      return <GainSetting />;
    case "map":
      return <MapNote />;
    case "outside":
      return <OutsideSettings task={task} />;
  }
}

interface RangeProps {
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly value: number;
  readonly text?: string;
  readonly onChange: (value: number) => void;
}

function Range({ label, least, most, step, value, text, onChange }: RangeProps) {
  return (
    <input
      type="range"
      aria-label={label}
      title={label}
      aria-valuetext={text}
      min={least}
      max={most}
      step={step}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
    />
  );
}

function BlinkSettings() {
  const words = useWords();
  const { compare } = useBench().actions;
  const { rate, isBlinking } = useCompare();
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const go = words.t(isStill ? "compare.goAnyway" : "compare.go");
  return (
    <>
      <button type="button" onClick={() => compare.pause()}>
        {isBlinking ? words.t("compare.pause") : go}
      </button>
      {isStill && !isBlinking && <span role="status">{words.t("compare.still")}</span>}
      <Range
        label={words.t("compare.rate")}
        least={slowest}
        most={fastest}
        step={0.5}
        value={rate}
        onChange={(value) => compare.setRate(value)}
      />
    </>
  );
}

function SliderSettings() {
  const words = useWords();
  const { compare } = useBench().actions;
  const { split } = useCompare();
  const { label } = useWork().cell;
  const other = nameOf(words, useReference());
  return (
    <Range
      label={words.t("compare.sliderAt", { label, other })}
      least={0}
      most={1}
      step={0.01}
      value={split}
      onChange={(value) => compare.state.patch({ split: value })}
    />
  );
}

function GainSetting() {
  const words = useWords();
  const { compare } = useBench().actions;
  const { gain } = useCompare();
  const at = gains.indexOf(gain);
  return (
    <Range
      label={words.t("compare.gain")}
      least={0}
      most={gains.length - 1}
      step={1}
      value={at}
      text={`${words.number(gain)} ×`}
      onChange={(value) => compare.state.patch({ gain: gains[value] ?? 1 })}
    />
  );
}

/** How far the map is, or that an edit was lined up first. */
function MapNote() {
  const words = useWords();
  const { compare } = useBench().actions;
  const { map } = useCompare();
  if (map.status === "ready")
    return map.map.isMoved ? <span role="status">{words.t("compare.moved")}</span> : null;
  if (map.status === "none") return null;
  return (
    <>
      <span role="status">{words.t(`compare.${map.status}`)}</span>
      {map.status === "failed" && (
        <button type="button" onClick={() => void compare.retry()}>
          {words.t("compare.retry")}
        </button>
      )}
    </>
  );
}

function OutsideSettings({ task }: { task: PreparedTask }) {
  const words = useWords();
  const { actions, stage } = useBench();
  const { area, map } = useCompare();
  if (map.status === "altered" || task.assignment.edit_mask) return <MapNote />;
  if (!area)
    return (
      <>
        <span role="status" data-ask>
          {words.t("compare.draw")}
        </span>
        <button type="button" onClick={() => actions.compare.setArea(stage.seenPart())}>
          {words.t("compare.useView")}
        </button>
      </>
    );
  return (
    <>
      <button type="button" onClick={() => actions.compare.setArea(null)}>
        {words.t("compare.drawAgain")}
      </button>
      <MapNote />
    </>
  );
}
