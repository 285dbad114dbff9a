import { lead } from "../../api/endpoints";
import { useWords } from "../../ui/i18n";
import { More, usePages } from "./paging";
import { settingLabels } from "./SettingsForm";

/** Who changed which setting, newest first. */
export function History({ slug }: { slug: string }) {
  const words = useWords();
  const { rows, query } = usePages(["history", slug], (next) => lead.history(slug, next));
  const show = (value: unknown) => {
    if (typeof value === "boolean") return words.t(value ? "settings.yes" : "settings.no");
    if (typeof value === "number") return words.number(value);
    return String(value ?? words.t("app.none"));
  };
  const name = (field: string) => {
    const label = Object.entries(settingLabels).find(([key]) => key === field)?.[1];
    if (field === "state") return words.t("tasks.state");
    return label ? words.t(label) : field;
  };
  return (
    <section className="topic">
      <h2>{words.t("settings.history")}</h2>
      {rows?.length === 0 && <p className="small">{words.t("settings.noHistory")}</p>}
      <ul className="plain history">
        {rows?.map((row) => (
          <li key={row.at}>
            <span className="small">
              {words.date(row.at, "time")} · {row.by ?? words.t("app.none")}
            </span>
            {Object.entries(row.changes).map(([field, [before, after]]) => (
              <div key={field}>
                {words.t("settings.changed", {
                  field: name(field),
                  old: show(before),
                  new: show(after),
                })}
              </div>
            ))}
          </li>
        ))}
      </ul>
      <More query={query} />
    </section>
  );
}
