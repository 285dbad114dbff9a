import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { people } from "../../api/endpoints";
import type { ExclusionRow } from "../../api/types";
import { Confirm } from "../../ui/Confirm";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { More, usePages } from "./paging";

const empty = { user: "", from: "", to: "", why: "" };

/** Spans of judgments that are left out of reports and exports. */
export function Exclusions({ slug }: { slug: string }) {
  const words = useWords();
  const queries = useQueryClient();
  const key = ["exclusions", slug];
  const { rows, query } = usePages(key, (next) => people.exclusions(slug, next));
  const changed = () => void queries.invalidateQueries({ queryKey: key });
  return (
    <section className="topic">
      <h2>{words.t("people.exclusions")}</h2>
      <p className="small">{words.t("people.exclusionsText")}</p>
      {rows?.length === 0 && <p className="small">{words.t("people.noExclusions")}</p>}
      {rows && rows.length > 0 && (
        <div className="table-wrap">
          <table>
            <thead>
              <tr>
                <th>{words.t("people.username")}</th>
                <th>{words.t("people.from")}</th>
                <th>{words.t("people.to")}</th>
                <th className="wide">{words.t("people.why")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Line key={row.id} row={row} slug={slug} onChanged={changed} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More query={query} />
      <Exclude slug={slug} onMade={changed} />
    </section>
  );
}

interface LineProps {
  readonly row: ExclusionRow;
  readonly slug: string;
  readonly onChanged: () => void;
}

function Line({ row, slug, onChanged }: LineProps) {
  const words = useWords();
  const end = useMutation({
    mutationFn: () => people.endExclusion(slug, row.id),
    onSettled: onChanged,
  });
  return (
    <tr>
      <td>{row.user}</td>
      <td className="time">{utc(row.from)}</td>
      <td className="time">{utc(row.to)}</td>
      <td className="wide">
        {row.why}
        <Trouble error={end.error} />
      </td>
      <td className="number">
        {row.ended_at ? (
          words.t("people.ended", { date: words.date(row.ended_at) })
        ) : (
          <Confirm
            label={words.t("people.endExclusion")}
            title={words.t("people.endTitle", { name: row.user })}
            onYes={() => end.mutate()}
          >
            {words.t("people.endText")}
          </Confirm>
        )}
      </td>
    </tr>
  );
}

/** A time as the form takes it: UTC, to the minute. */
function utc(at: string): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

function Exclude({ slug, onMade }: { slug: string; onMade: () => void }) {
  const words = useWords();
  const [draft, setDraft] = useState(empty);
  const exclude = useMutation({
    mutationFn: () =>
      people.exclude(slug, { ...draft, from: `${draft.from}:00Z`, to: `${draft.to}:00Z` }),
    onSuccess: () => {
      setDraft(empty);
      onMade();
    },
  });
  const set = (name: keyof typeof empty) => (event: { target: { value: string } }) =>
    setDraft({ ...draft, [name]: event.target.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    exclude.mutate();
  };
  return (
    <>
      <form className="form" onSubmit={submit}>
        <label className="field">
          {words.t("people.username")}
          <input value={draft.user} required autoComplete="off" onChange={set("user")} />
        </label>
        <label className="field">
          {words.t("people.from")}
          <input type="datetime-local" value={draft.from} required onChange={set("from")} />
        </label>
        <label className="field">
          {words.t("people.to")}
          <input type="datetime-local" value={draft.to} required onChange={set("to")} />
        </label>
        <label className="field grow">
          {words.t("people.why")}
          <input value={draft.why} required maxLength={400} onChange={set("why")} />
        </label>
        <button type="submit" disabled={exclude.isPending}>
          {words.t("people.exclude")}
        </button>
      </form>
      <Trouble error={exclude.error} />
    </>
  );
}
