import { Dialog } from "../../ui/Dialog";
import { useWords } from "../../ui/i18n";
import { useBench } from "./context";
import { useClose } from "./Panels";

/** The levels of the dimension that is being rated, each in its words, then the whole guideline. */
export function GuidelineDialog() {
  const { session } = useBench();
  const words = useWords();
  const close = useClose();
  const { dimension } = session;
  const paragraphs = words.text(session.document.guideline).split(/\n\s*\n/);
  return (
    <Dialog
      title={
        dimension
          ? words.t("work.anchors", { dimension: words.text(dimension.name) })
          : words.t("work.guideline")
      }
      onClose={close}
      action="guideline"
      wide
    >
      {dimension && (
        <>
          <p className="reading">{words.text(dimension.question)}</p>
          <ol className="anchors">
            {dimension.levels.map((level) => (
              <li key={level.value}>
                <span className="anchor-number">{words.number(level.value)}</span>
                <div>
                  <strong>{words.text(level.name)}</strong>
                  <p>{words.text(level.text)}</p>
                </div>
              </li>
            ))}
          </ol>
          <dl className="criteria">
            {dimension.criteria.map((criterion) => (
              <div key={criterion.key}>
                <dt>{words.text(criterion.name)}</dt>
                <dd>{words.text(criterion.text)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <h3>{words.t("work.guideline")}</h3>
      {paragraphs.map((paragraph) => (
        <p key={paragraph} className="reading">
          {paragraph}
        </p>
      ))}
    </Dialog>
  );
}
