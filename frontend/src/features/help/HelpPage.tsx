import { Link } from "wouter";
import { workActions } from "../../core/workActions";
import { useWords } from "../../ui/i18n";
import { KeyList } from "../../ui/Keys";

/** How a task goes, and every key there is. */
export function HelpPage() {
  const words = useWords();
  const steps = ["help.step1", "help.step2", "help.step3", "help.step4"] as const;
  return (
    <>
      <h1>{words.t("help.title")}</h1>
      <p className="lead-text">{words.t("help.intro")}</p>
      <section className="topic">
        <h2>{words.t("help.steps")}</h2>
        <ol>
          {steps.map((step) => (
            <li key={step}>{words.t(step)}</li>
          ))}
        </ol>
      </section>
      <section className="topic">
        <h2>{words.t("help.keys")}</h2>
        <KeyList actions={workActions} />
      </section>
      <section className="topic">
        <h2>{words.t("help.saved")}</h2>
        <p>{words.t("help.savedText")}</p>
      </section>
      <section className="topic">
        <h2>{words.t("statement.title")}</h2>
        <p>
          <Link href="/accessibility">{words.t("statement.link")}</Link>
        </p>
      </section>
    </>
  );
}
