import { useWords } from "../../ui/i18n";
import { useCaps } from "../../ui/Keys";
import { useWork } from "./context";

/** What another undo would do, or why there is nothing to go back to; null when neither is asked. */
export function useUndoNotice(): string | null {
  const { undoArmed, undoRefused } = useWork();
  const words = useWords();
  const [undo] = useCaps("undo");
  if (undoRefused) return words.t(undoRefused);
  if (!undoArmed) return null;
  return undo ? words.t("undo.again", { keys: undo }) : words.t("undo.againControl");
}

/** The same as a line on a page without a task. */
export function UndoNotice() {
  const notice = useUndoNotice();
  return <p role="status">{notice}</p>;
}
