import { useEffect } from "react";
import { levelOf } from "../../../core/answers";
import { workAction } from "../../../core/workActions";
import { useWords } from "../../../ui/i18n";
import { Caps } from "../../../ui/Keys";
import { useBench, useWork } from "../context";
import { ExamplePair, useExampleAddress } from "./ExamplePair";

/** Every level of the dimension that is rated: its words, and one example of it. */
export function AnchorShelf() {
  const { session, actions } = useBench();
  const { answers, cell } = useWork();
  const words = useWords();
  const { dimension, document } = session;
  const address = useExampleAddress();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a document
  useEffect(() => {
    // The other dimensions' images are there when one turns to them.
    const levels = document.dimensions.flatMap((each) => each.levels);
    for (const { source, edit } of levels.flatMap((level) => level.examples ?? [])) {
      for (const image of [source, edit]) new Image().src = address(image);
    }
  }, [document]);
  if (!dimension) return null;
  const given = levelOf(answers, cell);
  const title = words.t("work.anchors", { dimension: words.text(dimension.name) });
  return (
    <section className="shelf" aria-label={title}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, and keys must reach that */}
      <ol tabIndex={0} aria-label={title}>
        {dimension.levels.map((level) => {
          const [example] = level.examples ?? [];
          return (
            <li key={level.value} data-given={level.value === given || undefined}>
              {example && <ExamplePair key={example.edit} example={example} />}
              <div className="shelf-words">
                <p className="shelf-name">
                  {words.number(level.value)} {words.text(level.name)}
                </p>
                <p>{words.text(level.text)}</p>
              </div>
            </li>
          );
        })}
      </ol>
      <button
        type="button"
        className="quiet shelf-close"
        data-action="anchors"
        aria-label={words.t("guide.closeShelf")}
        onClick={() => actions.guide.toggleShelf()}
      >
        <span aria-hidden="true">×</span>
        <Caps action={workAction("anchors")} />
      </button>
    </section>
  );
}
