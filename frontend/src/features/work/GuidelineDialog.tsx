import { useState } from "react";
import { holds, marked, type Section, sectionsOf, wordsOf } from "../../core/guideline";
import type { Dimension } from "../../core/model";
import type { Translator } from "../../i18n/translator";
import { Dialog } from "../../ui/Dialog";
import { useWords } from "../../ui/i18n";
import { useBench } from "./context";
import { ExamplePair } from "./guide/ExamplePair";
import { useClose } from "./Panels";

/** The levels of every dimension, the one that is rated first, then the whole guideline; searchable. */
export function GuidelineDialog() {
  const { session } = useBench();
  const words = useWords();
  const close = useClose();
  const [query, setQuery] = useState("");
  const { dimension: current, document } = session;
  const others = document.dimensions.filter((dimension) => dimension !== current);
  const dimensions = [...(current ? [current] : []), ...others].filter((dimension) =>
    holds(saidOf(words, dimension), query),
  );
  const sections = sectionsOf(words.text(document.guideline)).filter((section) =>
    holds(wordsOf(section), query),
  );
  const found = dimensions.length + sections.length;
  return (
    <Dialog title={words.t("work.guideline")} onClose={close} action="guideline" wide>
      <p className="guideline-search">
        <label>
          <span>{words.t("guide.search")}</span>
          <input
            type="search"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            autoComplete="off"
          />
        </label>
        <span role="status">{query.trim() && words.plural("guide.found", found)}</span>
      </p>
      {dimensions.map((dimension) => (
        <Levels key={dimension.key} dimension={dimension} query={query} />
      ))}
      {sections.map((section) => (
        <Part key={section.title} section={section} query={query} />
      ))}
    </Dialog>
  );
}

/** All that is written about a dimension, for searching. */
function saidOf(words: Translator, dimension: Dimension): string {
  const { name, question, levels, criteria } = dimension;
  const parts = [...levels, ...criteria].flatMap((part) => [part.name, part.text]);
  return [name, question, ...parts].map((texts) => words.text(texts)).join("\n");
}

function Marked({ text, query }: { text: string; query: string }) {
  return marked(text, query).map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other identity than their place
    piece.marked ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
  );
}

function Levels({ dimension, query }: { dimension: Dimension; query: string }) {
  const words = useWords();
  const text = (texts: Dimension["name"]) => <Marked text={words.text(texts)} query={query} />;
  return (
    <section className="guideline-part">
      <h3>{text(dimension.name)}</h3>
      <p className="reading">{text(dimension.question)}</p>
      <ol className="anchors">
        {dimension.levels.map((level) => (
          <li key={level.value}>
            <span className="anchor-number">{words.number(level.value)}</span>
            <div className="anchor-words">
              <strong>{text(level.name)}</strong>
              <p>{text(level.text)}</p>
              {level.examples?.map((example) => (
                <div className="anchor-example" key={example.edit}>
                  <ExamplePair example={example} />
                  {example.note && <p>{words.text(example.note)}</p>}
                </div>
              ))}
            </div>
          </li>
        ))}
      </ol>
      <dl className="criteria">
        {dimension.criteria.map((criterion) => (
          <div key={criterion.key}>
            <dt>{text(criterion.name)}</dt>
            <dd>{text(criterion.text)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Part({ section, query }: { section: Section; query: string }) {
  return (
    <section className="guideline-part">
      {section.title && (
        <h3>
          <Marked text={section.title} query={query} />
        </h3>
      )}
      {section.blocks.map((block) =>
        block.kind === "text" ? (
          <p key={block.text} className="reading">
            <Marked text={block.text} query={query} />
          </p>
        ) : (
          <ul key={block.points.join()} className="reading">
            {block.points.map((point) => (
              <li key={point}>
                <Marked text={point} query={query} />
              </li>
            ))}
          </ul>
        ),
      )}
    </section>
  );
}
