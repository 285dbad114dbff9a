import { Component, type ReactNode } from "react";
import { useWords } from "../ui/i18n";

interface BoundaryProps {
  readonly children: ReactNode;
}

/** Keeps a fault of the page from leaving it blank; answers are in the outbox, not on the page. */
export class Boundary extends Component<BoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? <Failure /> : this.props.children;
  }
}

function Failure() {
  const words = useWords();
  return (
    <main className="bench-message">
      <h1>{words.t("app.failed")}</h1>
      <p>{words.t("app.failedText")}</p>
      <p>
        <button type="button" className="primary" onClick={() => location.reload()}>
          {words.t("app.reload")}
        </button>
      </p>
    </main>
  );
}
