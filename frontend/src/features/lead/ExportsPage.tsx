import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { exports } from "../../api/endpoints";
import type { ExportOptions } from "../../api/types";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { ExportLine } from "./ExportLine";
import { More, usePages } from "./paging";
import type { SectionProps } from "./section";

const lookEvery = 2_000;
const formats = ["editreward", "groups"] as const;
const consensus = ["mean", "median", "majority"] as const;
const ties = ["keep", "drop", "duplicate"] as const;

/** Start an export, watch it, download it. */
export function ExportsPage({ slug }: SectionProps) {
  const words = useWords();
  const key = ["exports", slug];
  const { rows, query } = usePages(key, (next) => exports.list(slug, next), lookEvery);
  return (
    <>
      <h1>{words.t("lead.exports")}</h1>
      <Start slug={slug} />
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

function Start({ slug }: { slug: string }) {
  const words = useWords();
  const queries = useQueryClient();
  const [options, setOptions] = useState<ExportOptions>({
    formats: [...formats],
    consensus: "mean",
    ties: "keep",
    min_raters: 2,
  });
  const start = useMutation({
    mutationFn: () => exports.start(slug, options),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["exports", slug] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate();
  };
  const set = (fields: Partial<ExportOptions>) => setOptions({ ...options, ...fields });
  const toggle = (format: (typeof formats)[number]) =>
    set({
      formats: formats.filter((item) => options.formats.includes(item) !== (item === format)),
    });
  return (
    <form className="topic" onSubmit={submit}>
      <h2>{words.t("exports.start")}</h2>
      <fieldset className="choices across">
        <legend className="visually-hidden">{words.t("exports.formats")}</legend>
        {formats.map((format) => (
          <label key={format}>
            <input
              type="checkbox"
              checked={options.formats.includes(format)}
              onChange={() => toggle(format)}
            />
            <span>{words.t(`exports.${format}`)}</span>
          </label>
        ))}
      </fieldset>
      <div className="form">
        <label className="field">
          {words.t("exports.consensus")}
          <select
            value={options.consensus}
            onChange={(event) =>
              set({ consensus: event.target.value as ExportOptions["consensus"] })
            }
          >
            {consensus.map((key) => (
              <option key={key} value={key}>
                {words.t(`exports.consensus.${key}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {words.t("exports.ties")}
          <select
            value={options.ties}
            onChange={(event) => set({ ties: event.target.value as ExportOptions["ties"] })}
          >
            {ties.map((key) => (
              <option key={key} value={key}>
                {words.t(`exports.ties.${key}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {words.t("exports.minRaters")}
          <input
            type="number"
            min={1}
            max={100}
            required
            value={options.min_raters}
            onChange={(event) => set({ min_raters: event.target.valueAsNumber })}
          />
        </label>
        <button
          type="submit"
          className="primary"
          disabled={options.formats.length === 0 || start.isPending}
        >
          {words.t("exports.startButton")}
        </button>
      </div>
      <Trouble error={start.error} />
    </form>
  );
}
