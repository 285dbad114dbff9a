import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import type { PreparedTask } from "../../core/prefetch";
import { workAction, workActions } from "../../core/workActions";
import { useWords } from "../../ui/i18n";
import { byGroup, Caps } from "../../ui/Keys";
import { SaveStatus } from "../../ui/SaveStatus";
import { useBench, useWork } from "./context";
import { focusCurrentTab } from "./focus";
import { useGuide } from "./guide/useGuide";
import { Instruction } from "./Instruction";
import { MenuAction } from "./MenuAction";
import { useCompare } from "./tools/useCompare";

/** The instruction, pinned above everything; menu before it, state and position after it. */
export function TopBar({ task }: { task: PreparedTask | null }) {
  const { session, outbox, left, openEntry } = useBench();
  const { submitted } = useWork();
  const { stopping } = useGuide();
  const words = useWords();
  return (
    <header className="bar">
      <Menu />
      {task ? <Instruction task={task} /> : <p className="instruction" />}
      <div className="bar-end">
        <SaveStatus
          outbox={outbox}
          document={session.document}
          work={{ project: session.options.project, open: (entry) => void openEntry(entry) }}
        />
        <span className="bar-left">
          {stopping
            ? words.t("guide.stopping")
            : words.plural("work.left", Math.max(0, left - submitted))}
        </span>
        <button
          type="button"
          className="quiet"
          aria-label={words.t("action.help")}
          onClick={() => session.setPanel("help")}
        >
          <Caps action={workAction("help")} />
        </button>
      </div>
    </header>
  );
}

/** Every action that is no level or letter as a named control, and the way to the other pages. */
function Menu() {
  const words = useWords();
  useCompare();
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const element = menu.current;
    const leave = ({ relatedTarget: to }: FocusEvent) => {
      if (to instanceof Node && !element?.contains(to)) element?.hidePopover();
    };
    element?.addEventListener("focusout", leave);
    return () => element?.removeEventListener("focusout", leave);
  }, []);
  const shown = workActions.filter((action) => !action.fixed && !action.during);
  return (
    <>
      <button
        type="button"
        className="menu-button"
        popoverTarget="work-menu"
        aria-label={words.t("work.menu")}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M0 2.5h16M0 8h16M0 13.5h16" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </button>
      <div
        id="work-menu"
        className="menu"
        popover="auto"
        ref={menu}
        onToggle={(event) => {
          setOpen(event.newState === "open");
          if (event.newState === "closed" && isUnfocused(menu.current)) focusCurrentTab();
        }}
        data-open={isOpen}
      >
        <nav aria-label={words.t("app.main")}>
          <Link href="/">{words.t("app.home")}</Link>
          <Link href="/help">{words.t("app.help")}</Link>
          <Link href="/account">{words.t("app.account")}</Link>
        </nav>
        <div className="menu-groups">
          {byGroup(shown).map(([group, items]) => (
            <ul key={group} aria-label={words.t(group)}>
              {items.map((action) => (
                <MenuAction key={action.id} action={action} menu={menu} />
              ))}
            </ul>
          ))}
        </div>
      </div>
    </>
  );
}

/** Whether the focus is nowhere but in a menu that closes, or on the button that opens it. */
function isUnfocused(menu: HTMLElement | null): boolean {
  const { activeElement: at } = document;
  return !at || at === document.body || at.matches(".menu-button") || !!menu?.contains(at);
}
