import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { PreparedTask } from "../../core/prefetch";
import { workAction } from "../../core/workActions";
import { useWords } from "../../ui/i18n";
import { Caps } from "../../ui/Keys";
import { useBench } from "./context";

type Fit = "one" | "two" | "cut";

/** The instruction in one line or two, its translation beneath it; what is longer opens as a sheet. */
export function Instruction({ task }: { task: PreparedTask }) {
  const { session, actions } = useBench();
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const { id, instruction, instruction_lang, instruction_translations } = task.assignment;
  const isForeign = languageOnly(instruction_lang) !== languageOnly(words.language);
  const translation = isForeign ? instruction_translations[words.language] : undefined;
  const fit = useFit(heading, id, () => {
    if (actions.guide.isFirstLook(id)) session.setPanel("instruction");
  });

  return (
    <h1 className="instruction" ref={heading} data-translated={translation ? true : undefined}>
      <span className="instruction-lines">
        <span
          className="instruction-text"
          data-fit={translation || fit === "one" ? "one" : "two"}
          lang={instruction_lang || undefined}
          dir="auto"
        >
          {instruction}
        </span>
        {translation && (
          <span className="instruction-translation">
            <span className="tag">{words.t("work.translated")}</span>
            <span className="instruction-words" lang={words.language} dir="auto">
              {translation}
            </span>
          </span>
        )}
      </span>
      {(fit === "cut" || translation) && (
        <button
          type="button"
          className="quiet"
          aria-haspopup="dialog"
          onClick={() => session.setPanel("instruction")}
        >
          <span className="instruction-word">{words.t("work.instruction")}</span>
          <Caps action={workAction("instruction")} />
        </button>
      )}
    </h1>
  );
}

/** The language of a tag without script and region. */
function languageOnly(tag: string): string {
  return tag.toLowerCase().split("-")[0] ?? "";
}

/** How the heading's texts fit, through resizes; tells once a task that they are cut. */
function useFit(heading: RefObject<HTMLElement | null>, id: string, onCut: () => void): Fit {
  const [fit, setFit] = useState<Fit>("one");
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew for every task
  useLayoutEffect(() => {
    const element = heading.current;
    if (!element) return;
    let width = element.clientWidth;
    const first = measure(element);
    setFit(first);
    if (first === "cut") onCut();
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      setFit(measure(element));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [heading, id]);
  return fit;
}

function measure(heading: HTMLElement): Fit {
  const text = heading.querySelector<HTMLElement>(".instruction-text");
  const words = heading.querySelector<HTMLElement>(".instruction-words");
  if (!text) return "one";
  if (words) return isWide(text) || isWide(words) ? "cut" : "one";
  text.dataset.fit = "one";
  if (!isWide(text)) return "one";
  text.dataset.fit = "two";
  return text.scrollHeight > text.clientHeight + 1 ? "cut" : "two";
}

function isWide(element: HTMLElement): boolean {
  return element.scrollWidth > element.clientWidth;
}
