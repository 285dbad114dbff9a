import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { lead, type TaskFilter } from "../../api/endpoints";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { More, usePages } from "./paging";
import type { SectionProps } from "./section";
import { TaskLine } from "./TaskLine";

const states = ["open", "review", "closed", "done"] as const;
const priorities = ["0", "1", "2"] as const;
const names = ["q", "state", "priority", "category", "withdrawn"] as const;

/** The tasks of a project, once somebody who may have to judge them has agreed to look. */
export function TasksPage({ slug, mayChange }: SectionProps) {
  const words = useWords();
  const key = `editjury-looked-${slug}`;
  const [hasAgreed, setAgreed] = useState(sessionStorage.getItem(key) !== null);
  const settings = useQuery({ queryKey: ["settings", slug], queryFn: () => lead.settings(slug) });
  const agree = () => {
    sessionStorage.setItem(key, "yes");
    setAgreed(true);
  };
  if (hasAgreed || settings.data?.blind === false) {
    return <TaskList slug={slug} mayChange={mayChange} />;
  }
  return (
    <>
      <h1>{words.t("tasks.blindTitle")}</h1>
      <p className="lead-text">{words.t("tasks.blindText")}</p>
      <Trouble error={settings.error} onRetry={() => void settings.refetch()} />
      {settings.data && (
        <button type="button" onClick={agree}>
          {words.t("tasks.open")}
        </button>
      )}
    </>
  );
}

/** The list itself; the filter stands in the address, so that it can be sent to others. */
function TaskList({ slug, mayChange }: { slug: string; mayChange: boolean }) {
  const words = useWords();
  const params = new URLSearchParams(useSearch());
  const filter: TaskFilter = Object.fromEntries(
    names.flatMap((name) => (params.get(name) ? [[name, params.get(name)]] : [])),
  );
  const isFiltered = Object.keys(filter).length > 0;
  const key = ["tasks", slug, filter] as const;
  const { rows, query } = usePages(key, (next) => lead.tasks(slug, filter, next));
  return (
    <>
      <h1>{words.t("lead.tasks")}</h1>
      <Filter key={params.toString()} filter={filter} slug={slug} />
      {rows?.length === 0 && (
        <p className="lead-text">{words.t(isFiltered ? "tasks.empty" : "tasks.none")}</p>
      )}
      {rows && rows.length > 0 && (
        <div className="table-wrap">
          <table>
            <thead>
              <tr>
                <th className="wide">{words.t("tasks.task")}</th>
                <th>{words.t("tasks.state")}</th>
                <th>{words.t("tasks.counts")}</th>
                <th>{words.t("tasks.wanted")}</th>
                <th>{words.t("tasks.priority")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <TaskLine key={row.id} row={row} slug={slug} mayChange={mayChange} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More query={query} />
    </>
  );
}

function Filter({ filter, slug }: { filter: TaskFilter; slug: string }) {
  const words = useWords();
  const [, go] = useLocation();
  const [draft, setDraft] = useState<Partial<Record<keyof TaskFilter, string>>>(asText(filter));
  const set = (name: keyof TaskFilter) => (event: { target: { value: string } }) =>
    setDraft({ ...draft, [name]: event.target.value });
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const given = Object.entries(draft).filter(([, value]) => value !== "");
    go(`/p/${slug}/tasks?${new URLSearchParams(given)}`);
  };
  return (
    <form className="form filter" onSubmit={apply}>
      <label className="field grow">
        {words.t("tasks.search")}
        <input type="search" value={draft.q ?? ""} onChange={set("q")} />
      </label>
      <label className="field">
        {words.t("tasks.state")}
        <select value={draft.state ?? ""} onChange={set("state")}>
          <option value="">{words.t("tasks.any")}</option>
          {states.map((state) => (
            <option key={state} value={state}>
              {words.t(`tasks.state.${state}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {words.t("tasks.priority")}
        <select value={draft.priority ?? ""} onChange={set("priority")}>
          <option value="">{words.t("tasks.any")}</option>
          {priorities.map((priority) => (
            <option key={priority} value={priority}>
              {words.t(`priority.${priority}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {words.t("tasks.category")}
        <input value={draft.category ?? ""} onChange={set("category")} size={14} />
      </label>
      <label className="field">
        {words.t("tasks.withdrawn")}
        <select value={draft.withdrawn ?? ""} onChange={set("withdrawn")}>
          <option value="">{words.t("tasks.any")}</option>
          <option value="false">{words.t("tasks.withdrawn.no")}</option>
          <option value="true">{words.t("tasks.withdrawn.yes")}</option>
        </select>
      </label>
      <button type="submit">{words.t("tasks.filter")}</button>
    </form>
  );
}

/** The values of a filter as form fields hold them. */
function asText(filter: TaskFilter): Partial<Record<keyof TaskFilter, string>> {
  return Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)]));
}
