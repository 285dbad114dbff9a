import type { OwnWork as Work } from "../../api/types";
import type { Translator } from "../../i18n/translator";
import { useWords } from "../../ui/i18n";

const minute = 60_000;

/** My own hours in a project, and how steady my levels are; nothing of anybody else. */
export function OwnWork({ work }: { work: Work }) {
  const words = useWords();
  const { active_ms, recent_ms, repeats } = work;
  if (active_ms < minute && !repeats) return null;
  const hours = { recent: duration(words, recent_ms), all: duration(words, active_ms) };
  return (
    <p className="own-work">
      {words.t("home.hours", hours)}
      {repeats && (
        <>
          {" "}
          ·{" "}
          {words.t("home.consistency", {
            share: words.number(repeats.equal / repeats.of, { style: "percent" }),
            n: repeats.of,
          })}
        </>
      )}
    </p>
  );
}

/** A time in hours, one decimal, or in minutes below an hour. */
function duration(words: Translator, milliseconds: number): string {
  const minutes = Math.round(milliseconds / minute);
  const [value, unit] = minutes < 60 ? [minutes, "minute"] : [minutes / 60, "hour"];
  return words.number(value, {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: 1,
  });
}
