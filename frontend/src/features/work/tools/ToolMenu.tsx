import { useRef } from "react";
import { workAction } from "../../../core/workActions";
import { useWords } from "../../../ui/i18n";
import { useWork } from "../context";
import { focusCurrentTab } from "../focus";
import { MenuAction } from "../MenuAction";
import { useCompare, useReference } from "./useCompare";
import { nameOf } from "./words";

const shown = ["source", "side", "blink", "pause", "slider", "difference", "map", "outside"];
const more = ["pin", "nextChange", "loupe"];
const gap = 4;

/** Every comparison tool by its name, in a menu over the caption. */
export function ToolMenu() {
  const words = useWords();
  const { cell } = useWork();
  const compare = useCompare();
  const other = nameOf(words, useReference());
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const place = () => {
    const at = button.current?.getBoundingClientRect();
    if (!at || !menu.current) return;
    menu.current.style.bottom = `${window.innerHeight - at.top + gap}px`;
    menu.current.style.right = `${window.innerWidth - at.right}px`;
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget="tool-menu"
        data-on={compare.tool !== "pair" || undefined}
      >
        {words.t("compare.open")}
      </button>
      <div
        id="tool-menu"
        className="menu tool-menu"
        popover="auto"
        ref={menu}
        onBeforeToggle={(event) => event.newState === "open" && place()}
        onToggle={(event) => event.newState === "closed" && focusCurrentTab()}
      >
        <h2>{words.t("compare.with", { label: cell.label, other })}</h2>
        {[shown, more].map((ids) => (
          <ul key={ids[0]}>
            {ids.map((id) => (
              <MenuAction key={id} action={workAction(id)} menu={menu} />
            ))}
          </ul>
        ))}
      </div>
    </>
  );
}
