import { useMutation, useQueryClient } from "@tanstack/react-query";
import { exports } from "../../api/endpoints";
import type { ExportLink, ExportRow } from "../../api/types";
import type { Translator } from "../../i18n/translator";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";

/** One export: how far it is, and its files once it is done. */
export function ExportLine({ row, slug }: { row: ExportRow; slug: string }) {
  const words = useWords();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => exports.cancel(row.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ["exports", slug] }),
  });
  const links = useMutation({ mutationFn: () => exports.links(row.id) });
  const isRunning = row.state === "queued" || row.state === "running";
  const { done, total } = row.progress;
  const created = words.t("exports.created", {
    date: words.date(row.created_at, "time"),
    name: row.created_by || words.t("app.none"),
  });
  return (
    <li>
      <div className="row between">
        <span>
          <strong>{words.t(`job.${row.state}`)}</strong> · {created}
        </span>
        {isRunning && (
          <button type="button" onClick={() => cancel.mutate()}>
            {words.t("exports.cancel")}
          </button>
        )}
        {row.state === "done" && (
          <button type="button" onClick={() => links.mutate()}>
            {words.t("exports.download")}
          </button>
        )}
      </div>
      <p className="small">{describe(words, row)}</p>
      {isRunning && total !== null && (
        <>
          <span className="meter">
            <i style={{ width: `${total > 0 ? (100 * done) / total : 0}%` }} />
          </span>
          <p className="small" role="status">
            {words.t("exports.progress", { done, total })}
          </p>
        </>
      )}
      {row.error && <p className="trouble">{row.error}</p>}
      <Trouble error={cancel.error ?? links.error} />
      {row.files.length > 0 && <Files files={row.files} links={links.data ?? null} />}
    </li>
  );
}

const described = {
  formats: "exports.formats",
  consensus: "exports.consensus",
  ties: "exports.ties",
  pure_ties: "exports.pureTies",
  tie_breaks: "exports.tieBreaks",
  min_raters: "exports.minRaters",
  margin: "exports.margin",
  split: "exports.split",
  simulated: "exports.simulated",
} as const;

/** The options of an export in words, as far as the page can choose them. */
function describe(words: Translator, row: ExportRow): string {
  const options = row.options as Readonly<Record<string, unknown>>;
  const known = Object.entries(described).filter(([key]) => options[key] !== undefined);
  const parts = known.map(([key, label]) => {
    const given = options[key];
    const value = Array.isArray(given) ? given.join(" + ") : String(given);
    return words.t("exports.option", { name: words.t(label), value });
  });
  return parts.join(" · ");
}

interface FilesProps {
  readonly files: ExportRow["files"];
  readonly links: readonly ExportLink[] | null;
}

/** The files with size and digest; names become links once links were made. */
function Files({ files, links }: FilesProps) {
  const words = useWords();
  const first = links?.[0];
  const listed = new Set(files.map((file) => file.name));
  const extra = links?.filter((link) => !listed.has(link.name)) ?? [];
  return (
    <details open={links !== null}>
      <summary>
        {words.t("exports.files")} ({words.number(files.length)})
      </summary>
      {first && (
        <p className="row">
          {extra.map((link) => (
            <a key={link.name} className="button" href={link.url} download>
              {link.name}
            </a>
          ))}
          <span className="small">
            {words.t("exports.links", { date: words.date(first.expires_at, "time") })}
          </span>
        </p>
      )}
      <div className="table-wrap">
        <table>
          <tbody>
            {files.map((file) => {
              const url = links?.find((link) => link.name === file.name)?.url;
              return (
                <tr key={file.name}>
                  <td className="wide">{url ? <a href={url}>{file.name}</a> : file.name}</td>
                  <td className="number">{words.number(file.bytes)}</td>
                  <td className="time">
                    <code>{file.sha256.slice(0, 16)}…</code>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}
