import { type ReactNode, type SyntheticEvent, useEffect, useId, useRef } from "react";
import { isPressOf } from "../core/keymap";
import { useWords } from "./i18n";
import { useKeys } from "./Keys";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** Whether the content has an element with `data-first-focus`; else reading starts at the top. */
  readonly hasFirstFocus?: boolean;
  /** The action that opened it, whose keys close it again. */
  readonly action?: string;
  /** Whether Enter closes it too. */
  readonly closesOnEnter?: boolean;
}

/** A native modal dialog that is open as long as it is mounted; focus returns where it was. */
export function Dialog(props: DialogProps) {
  const { title, onClose, children, wide = false, hasFirstFocus = false } = props;
  const { actions } = useKeys();
  const words = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const before = document.activeElement;
    ref.current?.showModal();
    ref.current?.querySelector<HTMLElement>("[data-first-focus]")?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const onCancel = (event: SyntheticEvent) => {
    event.preventDefault();
    onClose();
  };

  const closes = (event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof Element) || target.matches("textarea, input:not([type=checkbox])")) {
      return false;
    }
    if (props.closesOnEnter && event.key === "Enter") return !target.matches("button, a, summary");
    const opener = actions.find((item) => item.id === props.action);
    return opener !== undefined && isPressOf(opener, event);
  };

  return (
    <dialog
      ref={ref}
      className={wide ? "dialog wide" : "dialog"}
      aria-labelledby={id}
      onCancel={onCancel}
      onClick={(event) => event.target === ref.current && onClose()}
      onKeyDown={(event) => {
        if (!closes(event.nativeEvent)) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div
        className="dialog-body"
        tabIndex={-1}
        data-first-focus={hasFirstFocus ? undefined : true}
      >
        <div className="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" className="quiet" onClick={onClose}>
            {words.t("app.close")} <kbd>Esc</kbd>
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
