import { lead } from "../../api/endpoints";
import type { AnnotatorRow } from "../../api/types";
import { useWords } from "../../ui/i18n";
import { More, usePages } from "./paging";
import type { SectionProps } from "./section";

/** What each annotator has done; in the order of names, because nobody is ranked. */
export function AnnotatorsPage({ slug }: SectionProps) {
  const words = useWords();
  const { rows, query } = usePages(["annotators", slug], (next) => lead.annotators(slug, next));
  return (
    <>
      <h1>{words.t("lead.annotators")}</h1>
      {rows?.length === 0 && <p className="lead-text">{words.t("annotators.empty")}</p>}
      {rows && rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: nothing in it takes the focus that scrolls it
        <section className="table-wrap" aria-label={words.t("lead.annotators")} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th>{words.t("annotators.name")}</th>
                <th>{words.t("annotators.role")}</th>
                <th className="number">{words.t("annotators.submitted")}</th>
                <th className="number">{words.t("annotators.live")}</th>
                <th className="number">{words.t("annotators.surplus")}</th>
                <th className="number">{words.t("annotators.cannot")}</th>
                <th className="number">{words.t("annotators.median")}</th>
                <th>{words.t("annotators.last")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Line key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <More query={query} />
    </>
  );
}

function Line({ row }: { row: AnnotatorRow }) {
  const words = useWords();
  const seconds = row.active_ms_median === null ? null : row.active_ms_median / 1000;
  return (
    <tr>
      <td>
        {row.username}
        {row.simulated && <span className="tag">{words.t("app.simulated")}</span>}
        {row.excluded && <span className="tag">{words.t("annotators.excluded")}</span>}
      </td>
      <td>{words.t(`role.${row.role}`)}</td>
      <td className="number">{words.number(row.submitted)}</td>
      <td className="number">{words.number(row.live)}</td>
      <td className="number">{words.number(row.surplus)}</td>
      <td className="number">{words.number(row.cannot_judge)}</td>
      <td className="number">
        {seconds === null
          ? words.t("app.none")
          : words.number(seconds, { style: "unit", unit: "second", maximumFractionDigits: 0 })}
      </td>
      <td className="time">
        {row.last_at ? words.date(row.last_at, "time") : words.t("app.none")}
      </td>
    </tr>
  );
}
