import { exports } from "../../api/endpoints";
import { useWords } from "../../ui/i18n";
import { ExportLine } from "./ExportLine";
import { More, usePages } from "./paging";
import { StartExport } from "./StartExport";
import type { SectionProps } from "./section";

const lookEvery = 2_000;

/** Start an export, watch it, download it. */
export function ExportsPage({ slug }: SectionProps) {
  const words = useWords();
  const key = ["exports", slug];
  const { rows, query } = usePages(key, (next) => exports.list(slug, next), lookEvery);
  return (
    <>
      <h1>{words.t("lead.exports")}</h1>
      <StartExport slug={slug} />
      <section className="topic">
        <h2>{words.t("exports.list")}</h2>
        <p className="small">{words.t("exports.blind")}</p>
        {rows?.length === 0 && <p className="small">{words.t("exports.empty")}</p>}
        <ul className="plain lines">
          {rows?.map((row) => (
            <ExportLine key={row.id} row={row} slug={slug} />
          ))}
        </ul>
        <More query={query} />
      </section>
    </>
  );
}
