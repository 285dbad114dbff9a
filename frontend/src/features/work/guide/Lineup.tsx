import { lineUp } from "../../../core/lineup";
import type { PreparedTask } from "../../../core/prefetch";
import { useWords } from "../../../ui/i18n";
import { useBench, useWork } from "../context";

/** All that was said, at one glance: for each dimension the candidates by level, the best first. */
export function Lineup({ task }: { task: PreparedTask }) {
  const { session } = useBench();
  const { answers } = useWork();
  const words = useWords();
  return (
    <section className="lineup" aria-label={words.t("guide.lineup")}>
      {session.document.dimensions.map((dimension) => (
        <div className="lineup-row" key={dimension.key}>
          <p className="lineup-name">{words.text(dimension.name)}</p>
          <ol>
            {lineUp(dimension, session.labels, answers).map(({ level, labels }) => (
              <li key={level?.value ?? "none"}>
                <p>
                  {level ? (
                    <>
                      <strong>{words.number(level.value)}</strong> {words.text(level.name)}
                    </>
                  ) : (
                    words.t("work.cannotJudged")
                  )}
                </p>
                <ul>
                  {labels.map((label) => (
                    <li key={label}>
                      <button
                        type="button"
                        aria-label={words.t("work.candidate", { label })}
                        onClick={() => session.go({ label, dimension: dimension.key })}
                      >
                        <img src={task.images.candidates.get(label)?.src} alt="" decoding="sync" />
                        <span>{label}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
