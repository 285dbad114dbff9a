import { useEffect, useRef } from "react";
import type { Region } from "../../../core/model";
import { workAction } from "../../../core/workActions";
import { useWords } from "../../../ui/i18n";
import { Caps } from "../../../ui/Keys";
import { useBench, useWork } from "../context";
import { focusCurrentTab } from "../focus";

/** What stands in place of the levels while regions are marked: banner, boxes, reason. */
export function RegionPanel() {
  const { session } = useBench();
  const { answers, cell } = useWork();
  const words = useWords();
  const fresh = useRef<HTMLButtonElement>(null);
  const { regions } = session;

  useEffect(() => {
    fresh.current?.focus();
    return focusCurrentTab;
  }, []);

  return (
    <div
      className="rating regions"
      id="levels"
      role="tabpanel"
      aria-label={words.t("work.regions")}
    >
      <div className="rating-head banner">
        <h2 title={words.t("work.regionOn", { label: cell.label })}>
          <span role="status">{words.t("work.regionOn", { label: cell.label })}</span>
        </h2>
        <p title={words.t("work.regionHint")}>{words.t("work.regionHint")}</p>
        <button
          type="button"
          data-action="leave"
          onClick={() => {
            regions.leave();
          }}
        >
          {words.t("work.leaveRegion")} <Caps action={workAction("leave")} />
        </button>
      </div>
      <div className="region-row">
        <button type="button" ref={fresh} onClick={() => regions.add()}>
          {words.t("work.newBox")}
        </button>
        {regions.own.length === 0 && <p>{words.t("work.noBoxes")}</p>}
        <ul className="region-list" data-action="moveBox sizeBox">
          {regions.own.map((place, index) => {
            const region = answers.regions[place];
            return (
              region && <BoxChip key={place} place={place} number={index + 1} region={region} />
            );
          })}
        </ul>
      </div>
      <ChosenBox />
    </div>
  );
}

function BoxChip({ place, number, region }: { place: number; number: number; region: Region }) {
  const { session } = useBench();
  const words = useWords();
  const chosen = useWork().place;
  const { reason } = region;
  const known = session.document.low_score_reasons.find((choice) => choice.key === reason);
  const n = words.number(number);
  const name = known
    ? words.t("work.boxOf", { n, reason: words.text(known.text) })
    : words.t("work.box", { n });
  return (
    <li>
      <button
        type="button"
        className="region-chip"
        aria-pressed={place === chosen}
        aria-label={name}
        title={name}
        onClick={() => session.regions.choose(place)}
      >
        {n}
        {known && <span aria-hidden="true"> •</span>}
      </button>
    </li>
  );
}

/** The reason of the chosen box, and the way to take it away. */
function ChosenBox() {
  const { session } = useBench();
  const { place } = useWork();
  const words = useWords();
  const { regions } = session;
  const { chosen, reasons } = regions;
  if (!chosen) return <div className="region-row" />;
  const n = words.number(regions.own.indexOf(place) + 1);
  return (
    <div className="region-row">
      <select
        aria-label={words.t("work.boxReason", { n })}
        data-action="boxReason"
        value={chosen.reason ?? ""}
        disabled={reasons.length === 0}
        onChange={(event) => regions.explain(event.target.value || null)}
        onKeyDown={(event) => {
          if (event.key === "Escape") regions.leave();
        }}
      >
        <option value="">{words.t("work.noReason")}</option>
        {reasons.map((reason, index) => (
          <option key={reason.key} value={reason.key}>
            {words.number(index + 1)} {words.text(reason.text)}
          </option>
        ))}
      </select>
      <button type="button" data-action="removeBox" onClick={() => regions.remove()}>
        {words.t("work.removeBox")} <Caps action={workAction("removeBox")} />
      </button>
    </div>
  );
}
