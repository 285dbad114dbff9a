import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "wouter";
import { me } from "../../api/endpoints";
import type { Job, ProjectSummary, OwnWork as Work } from "../../api/types";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { OwnWork } from "./OwnWork";

const leading = new Set(["lead", "engineer", "admin"]);

/** My projects: what is left for me in each, and the way in. */
export function HomePage() {
  const words = useWords();
  const projects = useQuery({
    queryKey: ["projects"],
    queryFn: me.projects,
    refetchOnMount: "always",
  });
  const work = useQuery({ queryKey: ["work", "mine"], queryFn: me.work, refetchOnMount: "always" });
  return (
    <>
      <h1>{words.t("home.title")}</h1>
      <Trouble error={projects.error} onRetry={() => void projects.refetch()} />
      {projects.data?.results.length === 0 && <p className="lead-text">{words.t("home.empty")}</p>}
      <ul className="projects">
        {projects.data?.results.map((project) => (
          <ProjectLine
            key={project.slug}
            project={project}
            own={work.data?.results.find((each) => each.project === project.slug)}
          />
        ))}
      </ul>
    </>
  );
}

function ProjectLine({ project, own }: { project: ProjectSummary; own: Work | undefined }) {
  const words = useWords();
  const { slug, title, state, role, left, mine } = project;
  const isOpen = state === "active" && left > 0;
  return (
    <li className="project">
      <div className="project-words">
        <h2>
          {title}
          {project.simulated && <span className="tag">{words.t("app.simulated")}</span>}
          {state !== "active" && <span className="tag">{words.t(`state.${state}`)}</span>}
        </h2>
        <p>
          {left > 0 ? words.plural("home.left", left) : words.t("home.nothingLeft")} ·{" "}
          {words.plural("home.mine", mine)} · {words.t(`role.${role}`)}
        </p>
        {own && <OwnWork work={own} />}
        {project.simulated && <Filling slug={slug} />}
      </div>
      <div className="row">
        {leading.has(role) && (
          <Link className="button" href={`/p/${slug}/progress`}>
            {words.t("home.lead")}
          </Link>
        )}
        <Link className={isOpen ? "button primary" : "button"} href={`/work/${slug}`}>
          {words.t(isOpen ? (mine > 0 ? "home.continue" : "home.start") : "home.look")}
        </Link>
      </div>
    </li>
  );
}

/** How far the job is that fills the demo, while it runs. */
function Filling({ slug }: { slug: string }) {
  const words = useWords();
  const queries = useQueryClient();
  const jobs = useQuery({
    queryKey: ["jobs", slug],
    queryFn: () => me.jobs(slug),
    refetchInterval: ({ state }) => (state.data?.results.some(isFilling) ? 1000 : false),
  });
  const job = jobs.data?.results.find(isFilling);
  const isRunning = job !== undefined;
  useEffect(() => {
    if (isRunning) return () => void queries.invalidateQueries({ queryKey: ["projects"] });
    return undefined;
  }, [isRunning, queries]);
  if (!job) return null;
  const { done, total } = job.progress;
  return (
    <p role="status">{words.t("home.filling", { done, total: total ?? words.t("app.none") })}</p>
  );
}

function isFilling(job: Job): boolean {
  return job.kind === "fill_demo" && (job.state === "queued" || job.state === "running");
}
