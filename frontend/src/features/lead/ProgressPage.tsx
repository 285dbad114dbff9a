import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { lead, me } from "../../api/endpoints";
import type { Job, Progress } from "../../api/types";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import type { SectionProps } from "./section";

const lookEvery = 10_000;
const lookEveryWhileRunning = 2_000;

/** How far the project is, in a sentence and four answers. */
export function ProgressPage({ slug }: SectionProps) {
  const words = useWords();
  const progress = useQuery({
    queryKey: ["progress", slug],
    queryFn: () => lead.progress(slug),
    refetchInterval: lookEvery,
  });
  const { data } = progress;
  if (!data) return <Trouble error={progress.error} onRetry={() => void progress.refetch()} />;
  const { tasks, judgments } = data;
  return (
    <>
      <h1>{words.t("progress.tasksDone", { done: tasks.done, total: tasks.total })}</h1>
      <p className="lead-text">
        {words.t("progress.judgments", judgments)}{" "}
        {judgments.surplus > 0 && words.plural("progress.surplus", judgments.surplus)}
      </p>
      <Where slug={slug} tasks={tasks} />
      <Categories rows={data.by_category} />
      <Days rows={data.by_day} />
      <Jobs slug={slug} />
    </>
  );
}

function isUnfinished(job: Job): boolean {
  return job.state === "queued" || job.state === "running";
}

function Where({ slug, tasks }: { slug: string; tasks: Progress["tasks"] }) {
  const words = useWords();
  const cells = [
    ["progress.total", tasks.total, ""],
    ["progress.done", tasks.done, "?state=done"],
    ["progress.open", tasks.open, "?state=open"],
    ["progress.review", tasks.review, "?state=review"],
    ["progress.closed", tasks.closed, "?state=closed"],
    ["progress.withdrawn", tasks.withdrawn, "?withdrawn=true"],
  ] as const;
  return (
    <section className="topic">
      <h2>{words.t("progress.where")}</h2>
      <dl className="figures">
        {cells.map(([label, value, filter]) => (
          <div key={label}>
            <dt>{words.t(label)}</dt>
            <dd>
              <Link href={`/p/${slug}/tasks${filter}`}>{words.number(value)}</Link>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Categories({ rows }: { rows: Progress["by_category"] }) {
  const words = useWords();
  if (rows.length === 0) return null;
  return (
    <section className="topic">
      <h2>{words.t("progress.byCategory")}</h2>
      <div className="table-wrap">
        <table>
          <thead>
            <tr>
              <th>{words.t("progress.category")}</th>
              <th className="wide">{words.t("progress.done")}</th>
              <td className="number" />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ category, done, total }) => (
              <tr key={category}>
                <td>{category || words.t("progress.noCategory")}</td>
                <td>
                  <span className="meter">
                    <i style={{ width: `${total > 0 ? (100 * done) / total : 0}%` }} />
                  </span>
                </td>
                <td className="number">{words.t("exports.progress", { done, total })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Judgments per day as bars; each bar says its day and number. */
function Days({ rows }: { rows: Progress["by_day"] }) {
  const words = useWords();
  if (rows.length === 0) return null;
  const most = Math.max(1, ...rows.map((row) => row.judgments));
  const [first] = rows;
  const last = rows.at(-1);
  return (
    <section className="topic">
      <h2>{words.t("progress.byDay")}</h2>
      <ol className="days">
        {rows.map(({ day, judgments }) => (
          <li key={day} title={`${words.date(day)}: ${words.number(judgments)}`}>
            <span className="visually-hidden">
              {words.date(day)}: {words.number(judgments)}
            </span>
            <i style={{ height: `${(100 * judgments) / most}%` }} />
          </li>
        ))}
      </ol>
      <div className="row between small">
        <span>{first && words.date(first.day)}</span>
        <span>{last && last !== first && words.date(last.day)}</span>
      </div>
    </section>
  );
}

/** What runs or ran last; a running job is looked at often. */
function Jobs({ slug }: { slug: string }) {
  const words = useWords();
  const jobs = useQuery({
    queryKey: ["jobs", slug],
    queryFn: () => me.jobs(slug),
    refetchInterval: ({ state }) =>
      state.data?.results.some(isUnfinished) ? lookEveryWhileRunning : lookEvery,
  });
  const rows = jobs.data?.results.slice(0, 10) ?? [];
  return (
    <section className="topic">
      <h2>{words.t("progress.jobs")}</h2>
      <Trouble error={jobs.error} />
      {jobs.data && rows.length === 0 && <p className="small">{words.t("progress.noJobs")}</p>}
      <ul className="plain">
        {rows.map(({ id, kind, state, progress, created_at }) => (
          <li key={id} className="row">
            <code>{kind}</code>
            <span>{words.t(`job.${state}`)}</span>
            {progress.total !== null && (
              <span>
                {words.t("exports.progress", { done: progress.done, total: progress.total })}
              </span>
            )}
            <span className="small">{words.date(created_at, "time")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
