import type { RefObject } from "react";
import { pressAction } from "../../core/actions";
import type { WorkAction } from "../../core/work/context";
import { useWords } from "../../ui/i18n";
import { Caps } from "../../ui/Keys";
import { useBench } from "./context";

interface MenuActionProps {
  readonly action: WorkAction;
  readonly menu: RefObject<HTMLElement | null>;
}

/** An action by its name and keys in a menu, which closes before it runs. */
export function MenuAction({ action, menu }: MenuActionProps) {
  const words = useWords();
  const { actions } = useBench();
  return (
    <li>
      <button
        type="button"
        data-action={action.id}
        aria-pressed={action.active?.(actions)}
        disabled={!action.enabled(actions)}
        onClick={() => {
          menu.current?.hidePopover();
          pressAction(action, actions);
        }}
      >
        <span>{words.t(action.label)}</span>
        <Caps action={action} />
      </button>
    </li>
  );
}
