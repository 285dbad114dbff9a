import { type ReactNode, type SyntheticEvent, useEffect, useId, useRef } from "react";
import { useWords } from "./i18n";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** Keys that close it, beside Escape. */
  readonly closeKeys?: readonly string[];
}

/** A native modal dialog that is open as long as it is mounted; focus returns where it was. */
export function Dialog({ title, onClose, children, wide = false, closeKeys = [] }: DialogProps) {
  const words = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const before = document.activeElement;
    ref.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const onCancel = (event: SyntheticEvent) => {
    event.preventDefault();
    onClose();
  };

  return (
    <dialog
      ref={ref}
      className={wide ? "dialog wide" : "dialog"}
      aria-labelledby={id}
      onCancel={onCancel}
      onClick={(event) => event.target === ref.current && onClose()}
      onKeyDown={(event) => {
        const isText = event.target instanceof Element && event.target.matches("textarea, input");
        if (isText || !closeKeys.includes(event.key.toLowerCase())) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-body">
        <header>
          <h2 id={id}>{title}</h2>
          <button type="button" className="quiet" onClick={onClose}>
            {words.t("app.close")} <kbd>Esc</kbd>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
