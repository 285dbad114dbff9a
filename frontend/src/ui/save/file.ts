import type { Entry } from "../../core/entries";

/** Hands entries to the annotator as a file. */
export function saveAsFile(entries: readonly Entry[]): void {
  const text = JSON.stringify({ editjury: "unsaved work", entries }, null, 2);
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `editjury-${entries[0]?.user ?? "work"}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
