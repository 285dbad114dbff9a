import { type KeyboardEvent, useRef, useState } from "react";
import { pressOf } from "../../core/keymap";
import type { WorkAction } from "../../core/work/context";
import { useWords } from "../../ui/i18n";

interface CaptureProps {
  readonly action: WorkAction;
  readonly onPress: (action: WorkAction, event: globalThis.KeyboardEvent, press: string) => void;
}

/** A button that waits for a key once it is pressed; Escape, Tab or leaving it ends that. */
export function CaptureButton({ action, onPress }: CaptureProps) {
  const words = useWords();
  const [isWaiting, setWaiting] = useState(false);
  const taken = useRef("");
  const take = (event: KeyboardEvent) => {
    if (!isWaiting || event.key === "Tab") return;
    const press = pressOf(event.nativeEvent);
    event.preventDefault();
    if (press === null || event.repeat) return;
    taken.current = event.code;
    setWaiting(false);
    if (event.key !== "Escape") onPress(action, event.nativeEvent, press);
  };
  return (
    <button
      type="button"
      className="capture"
      aria-label={
        isWaiting
          ? `${words.t("keys.press")}. ${words.t("keys.pressHint")}`
          : words.t("keys.changeOf", { action: words.t(action.label) })
      }
      aria-pressed={isWaiting}
      onClick={() => setWaiting(true)}
      onKeyDown={take}
      onKeyUp={(event) => {
        // The same Space that was taken would press the button again when it comes up.
        if (event.code === taken.current) event.preventDefault();
        taken.current = "";
      }}
      onBlur={() => setWaiting(false)}
    >
      {words.t(isWaiting ? "keys.press" : "keys.change")}
    </button>
  );
}
