import { type ReactNode, useState } from "react";
import { Dialog } from "./Dialog";
import { useWords } from "./i18n";

interface ConfirmProps {
  readonly label: string;
  readonly title: string;
  readonly children: ReactNode;
  readonly onYes: () => void;
  readonly isGrave?: boolean;
}

/** A button whose effect is asked about first. */
export function Confirm({ label, title, children, onYes, isGrave = false }: ConfirmProps) {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const agree = () => {
    setOpen(false);
    onYes();
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {label}
      </button>
      {isOpen && (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <p>{children}</p>
          <p className="row end">
            <button type="button" onClick={() => setOpen(false)}>
              {words.t("app.cancel")}
            </button>
            <button type="button" className={isGrave ? "danger" : "primary"} onClick={agree}>
              {label}
            </button>
          </p>
        </Dialog>
      )}
    </>
  );
}
