import { useWords } from "../../ui/i18n";

const tested = ["axe", "keys", "focus", "targets", "zoom", "motion", "people"] as const;

/** What was tested for accessibility, and what a blind annotator cannot do here. */
export function StatementPage() {
  const words = useWords();
  return (
    <>
      <h1>{words.t("statement.title")}</h1>
      <p className="lead-text">{words.t("statement.intro")}</p>
      <section className="topic">
        <h2>{words.t("statement.tested")}</h2>
        <ul>
          {tested.map((item) => (
            <li key={item}>{words.t(`statement.tested.${item}`)}</li>
          ))}
        </ul>
      </section>
      <section className="topic">
        <h2>{words.t("statement.blind")}</h2>
        <p>{words.t("statement.blind.can")}</p>
        <p>{words.t("statement.blind.cannot")}</p>
      </section>
      <section className="topic">
        <h2>{words.t("statement.low")}</h2>
        <p>{words.t("statement.low.text")}</p>
      </section>
      <section className="topic">
        <h2>{words.t("statement.tell")}</h2>
        <p>{words.t("statement.tell.text")}</p>
      </section>
    </>
  );
}
