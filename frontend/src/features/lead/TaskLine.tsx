import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FocusEvent, useState } from "react";
import { lead } from "../../api/endpoints";
import type { TaskChange, TaskRow } from "../../api/types";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";

const priorities = [0, 1, 2] as const;

interface LineProps {
  readonly row: TaskRow;
  readonly slug: string;
  readonly mayChange: boolean;
}

/** One task, with what a lead may change about it in place. */
export function TaskLine({ row, slug, mayChange }: LineProps) {
  const words = useWords();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (fields: TaskChange) => lead.changeTask(slug, row.id, fields),
    onSettled: () => queries.invalidateQueries({ queryKey: ["tasks", slug] }),
  });
  const named = (what: string) => words.t("tasks.forTask", { what, id: row.external_id });
  const isWithdrawn = row.withdrawn_at !== null;
  return (
    <tr data-withdrawn={isWithdrawn || undefined}>
      <td className="wide">
        {row.instruction}
        <div className="secondary">
          {[row.external_id, row.category, `${words.t("tasks.edits")}: ${row.candidates}`]
            .filter(Boolean)
            .join(" · ")}
        </div>
        {row.image_failures > 0 && (
          <div className="secondary warn">
            {words.plural("tasks.imageFailed", row.image_failures)}
          </div>
        )}
        <Trouble error={change.error} />
      </td>
      <td>
        {isWithdrawn ? words.t("progress.withdrawn") : words.t(`tasks.state.${row.state}`)}
        {row.done && <div className="secondary">{words.t("tasks.done")}</div>}
      </td>
      <td>
        {words.t("tasks.countsOf", { counted: row.counted, wanted: row.wanted })}
        {row.held > 0 && <div className="secondary">{words.plural("tasks.held", row.held)}</div>}
      </td>
      <td>
        <Wanted
          key={row.wanted}
          wanted={row.wanted}
          mayChange={mayChange}
          label={named(words.t("tasks.wanted"))}
          onChange={(wanted) => change.mutate({ wanted })}
        />
      </td>
      <td>
        <select
          value={row.priority}
          disabled={!mayChange}
          aria-label={named(words.t("tasks.priority"))}
          onChange={(event) =>
            change.mutate({ priority: priorities[event.target.selectedIndex] ?? row.priority })
          }
        >
          {priorities.map((priority) => (
            <option key={priority} value={priority}>
              {words.t(`priority.${priority}`)}
            </option>
          ))}
        </select>
      </td>
      <td className="row end-cell">
        {mayChange && !isWithdrawn && (
          <button
            type="button"
            aria-label={named(words.t(row.state === "open" ? "tasks.close" : "tasks.reopen"))}
            onClick={() => change.mutate({ state: row.state === "open" ? "closed" : "open" })}
          >
            {words.t(row.state === "open" ? "tasks.close" : "tasks.reopen")}
          </button>
        )}
        {mayChange && (
          <button
            type="button"
            aria-label={named(words.t(isWithdrawn ? "tasks.restore" : "tasks.withdraw"))}
            onClick={() => change.mutate({ withdrawn: !isWithdrawn })}
          >
            {words.t(isWithdrawn ? "tasks.restore" : "tasks.withdraw")}
          </button>
        )}
      </td>
    </tr>
  );
}

interface WantedProps {
  readonly mayChange: boolean;
  readonly wanted: number;
  readonly label: string;
  readonly onChange: (wanted: number) => void;
}

/** The number of judgments wanted; takes effect when the field is left or Enter is pressed. */
function Wanted({ wanted, mayChange, label, onChange }: WantedProps) {
  const [text, setText] = useState(String(wanted));
  const finish = (event: FocusEvent<HTMLInputElement>) => {
    if (event.target.checkValidity() && Number(text) !== wanted) onChange(Number(text));
    else setText(String(wanted));
  };
  return (
    <input
      type="number"
      min={1}
      max={100}
      required
      value={text}
      disabled={!mayChange}
      aria-label={label}
      onChange={(event) => setText(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
}
