import { useEffect } from "react";
import { bindKeyboard } from "../../core/keyboard";
import { useKeys } from "../../ui/Keys";
import { useBench } from "./context";

/** The id of the list of candidates, where the focus rests while rating. */
export const tabListId = "candidate-tabs";

/** Puts the focus back on the current candidate. */
export function focusCurrentTab(): void {
  document.querySelector<HTMLElement>(`#${tabListId} [aria-selected="true"]`)?.focus();
}

const controls = "button, a, input, label, select, textarea, summary, [contenteditable]";

/** Runs the actions from the account's keys, and keeps the focus where it rests under a mouse. */
export function useKeysAndFocus(): void {
  const { actions } = useBench();
  const keys = useKeys();
  useEffect(() => bindKeyboard(window, keys.actions, () => actions), [actions, keys]);
  useEffect(() => {
    document.addEventListener("mousedown", keepFocus);
    document.addEventListener("click", restAfterPress);
    return () => {
      document.removeEventListener("mousedown", keepFocus);
      document.removeEventListener("click", restAfterPress);
    };
  }, []);
}

/** A press on the pictures takes the focus from nothing. */
function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest("main.stage")) {
    if (!event.target.closest(controls)) event.preventDefault();
  }
}

/** After a button was pressed by a pointer, Enter and Space mean the task again, not the button. */
function restAfterPress(event: MouseEvent): void {
  const isByPointer = event.detail > 0;
  if (!isByPointer || !(event.target instanceof Element)) return;
  const button = event.target.closest<HTMLButtonElement>(".bench button");
  if (!button || button.popoverTargetElement || button.closest("dialog, [popover]")) return;
  setTimeout(() => {
    const isElsewhere =
      document.activeElement !== button && document.activeElement !== document.body;
    if (!isElsewhere && !document.querySelector("dialog[open]")) focusCurrentTab();
  });
}
