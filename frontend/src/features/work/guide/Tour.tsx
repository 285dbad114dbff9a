import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { tourSteps } from "../../../core/guide";
import { workAction } from "../../../core/workActions";
import { useWords } from "../../../ui/i18n";
import { Caps } from "../../../ui/Keys";
import { useBench, useWork } from "../context";
import { focusCurrentTab } from "../focus";

type Step = (typeof tourSteps)[number];

/** Where each step points, and whose keys it names. */
const targets: Readonly<Record<Step, { selector: string; action?: string }>> = {
  instruction: { selector: ".instruction", action: "instruction" },
  stage: { selector: ".stage", action: "source" },
  tabs: { selector: ".tabs" },
  levels: { selector: ".rating", action: "rate" },
  anchors: { selector: ".shelf", action: "anchors" },
  cannot: { selector: ".tools", action: "cannot" },
  submit: { selector: ".submit", action: "submit" },
};

const gap = 12;
const margin = 16;
const ringGap = 6;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One step of the tour beside what it is about; the page stays usable, trying a key goes on. */
export function Tour({ step: at }: { step: number }) {
  const { guide } = useBench().actions;
  const words = useWords();
  const id = useId();
  const card = useRef<HTMLDivElement>(null);
  const step = tourSteps[at] ?? "submit";
  const { action } = targets[step];
  const [places, setPlaces] = useState<{ card: Box; ring: Box } | null>(null);
  const isLast = at === tourSteps.length - 1;

  useLayoutEffect(() => {
    const place = () => card.current && setPlaces(placesOf(card.current, targets[step].selector));
    card.current?.showPopover();
    place();
    window.addEventListener("resize", place);
    return () => window.removeEventListener("resize", place);
  }, [step]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every step is read from its start
  useEffect(() => card.current?.focus(), [step]);
  useEffect(() => focusCurrentTab, []);
  useTrying(step);
  useEffect(() => {
    const leave = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) guide.endTour();
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, [guide]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.target !== card.current) return;
    event.preventDefault();
    guide.stepTour(1);
  };

  return (
    <>
      {places && <div className="tour-ring" style={places.ring} />}
      <div
        ref={card}
        className="tour"
        popover="manual"
        role="dialog"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        tabIndex={-1}
        data-keys
        onKeyDown={onKeyDown}
        style={places ? { left: places.card.left, top: places.card.top } : {}}
      >
        <p className="tour-count">
          {words.t("work.position", { at: at + 1, of: tourSteps.length })}
        </p>
        <h2 id={`${id}-title`}>
          {words.t(`tour.${step}`)} {action && <Caps action={workAction(action)} />}
        </h2>
        <p id={`${id}-text`}>{words.t(`tour.${step}Text`)}</p>
        <div className="tour-row">
          <button type="button" className="quiet" onClick={() => guide.endTour()}>
            {words.t("tour.skip")} <kbd>Esc</kbd>
          </button>
          {at > 0 && (
            <button type="button" onClick={() => guide.stepTour(-1)}>
              {words.t("tour.back")}
            </button>
          )}
          <button type="button" className="primary" onClick={() => guide.stepTour(1)}>
            {words.t(isLast ? "tour.end" : "tour.next")} <kbd>Enter</kbd>
          </button>
        </div>
      </div>
    </>
  );
}

/** Goes on once the key that a step is about was tried: the source shown, a level given. */
function useTrying(step: Step): void {
  const { guide } = useBench().actions;
  const { sourceHeld, answers } = useWork();
  const rated = answers.ratings.length;
  const before = useRef({ step, sourceHeld, rated });
  useEffect(() => {
    const was = before.current;
    before.current = { step, sourceHeld, rated };
    if (was.step !== step) return;
    const isTried =
      (step === "stage" && was.sourceHeld && !sourceHeld) ||
      (step === "levels" && rated > was.rated);
    if (isTried) guide.stepTour(1);
  }, [guide, step, sourceHeld, rated]);
}

function placesOf(card: HTMLElement, selector: string): { card: Box; ring: Box } | null {
  const target = document.querySelector(selector) ?? document.querySelector(".dock");
  if (!target) return null;
  const { left, top, right, bottom, width, height } = target.getBoundingClientRect();
  const size = { width: card.offsetWidth, height: card.offsetHeight };
  const middle = left + width / 2 - size.width / 2;
  const isAbove = top - gap - size.height >= margin && bottom + gap + size.height > innerHeight;
  const isBelow = bottom + gap + size.height <= innerHeight;
  const inside = bottom - gap - size.height;
  return {
    card: {
      ...size,
      left: Math.max(margin, Math.min(middle, innerWidth - margin - size.width)),
      top: isAbove ? top - gap - size.height : isBelow ? bottom + gap : inside,
    },
    ring: {
      left: left - ringGap,
      top: top - ringGap,
      width: right - left + 2 * ringGap,
      height: height + 2 * ringGap,
    },
  };
}
