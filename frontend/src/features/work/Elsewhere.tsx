import { Link } from "wouter";
import { useWords } from "../../ui/i18n";

/** What stands here while another tab of the browser is where one rates. */
export function Elsewhere({ onContinue }: { onContinue: () => void }) {
  const words = useWords();
  return (
    <div className="bench">
      <main id="content" className="bench-message">
        <h1>{words.t("save.elsewhereTitle")}</h1>
        <p>{words.t("save.elsewhereText")}</p>
        <p className="row">
          <button type="button" className="primary" onClick={onContinue}>
            {words.t("save.continueHere")}
          </button>
          <Link href="/">{words.t("work.home")}</Link>
        </p>
      </main>
    </div>
  );
}
