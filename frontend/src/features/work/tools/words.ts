import type { CompareState } from "../../../core/compare/state";
import type { Translator } from "../../../i18n/translator";

/** What the focused candidate is compared with, in words. */
export function nameOf(words: Translator, reference: string | null): string {
  return reference === null
    ? words.t("compare.source")
    : words.t("compare.edit", { label: reference });
}

/** What the compare pane shows, in words: the caption under it. */
export function titleOf(
  words: Translator,
  { tool, isAway }: CompareState,
  label: string,
  reference: string | null,
): string {
  switch (tool) {
    case "pair":
    case "side":
      return label;
    case "blink":
      return isAway ? (reference ?? words.t("work.sourceInPlace")) : label;
    case "slider":
      return `${reference ?? words.t("work.source")} | ${label}`;
    case "difference":
    case "map":
    case "outside":
      return words.t(reference === null ? "compare.title" : "compare.titleFrom", {
        label,
        tool: words.t(`action.${tool}`),
        other: reference ?? "",
      });
  }
}
