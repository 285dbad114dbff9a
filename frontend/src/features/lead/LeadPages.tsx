import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import { me } from "../../api/endpoints";
import type { Role } from "../../api/types";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { AnnotatorsPage } from "./AnnotatorsPage";
import { ExportsPage } from "./ExportsPage";
import { PeoplePage } from "./PeoplePage";
import { ProgressPage } from "./ProgressPage";
import { SettingsPage } from "./SettingsPage";
import { TasksPage } from "./TasksPage";

const sections = {
  progress: ProgressPage,
  tasks: TasksPage,
  annotators: AnnotatorsPage,
  people: PeoplePage,
  settings: SettingsPage,
  exports: ExportsPage,
} as const;

type Section = keyof typeof sections;

const all = Object.keys(sections) as Section[];
const leading: readonly Role[] = ["lead", "admin"];

/** The sections that a role may open. */
function sectionsOf(role: Role): readonly Section[] {
  if (leading.includes(role)) return all;
  return role === "engineer" ? all.filter((key) => key !== "people") : [];
}

/** A project as its lead sees it: one line of sections, one section below. */
export default function LeadPages({ slug }: { slug: string }) {
  const words = useWords();
  const [path] = useLocation();
  const project = useQuery({ queryKey: ["project", slug], queryFn: () => me.project(slug) });
  if (project.error)
    return <Trouble error={project.error} onRetry={() => void project.refetch()} />;
  if (!project.data) return <p className="page-wait">{words.t("app.loading")}</p>;
  const { title, simulated, state, role } = project.data;
  const open = sectionsOf(role);
  const section = open.find((key) => key === path.split("/")[3]) ?? open[0];
  if (!section) return <p className="page-wait">{words.t("error.forbidden")}</p>;
  const Section = sections[section];

  return (
    <>
      <nav className="sub-nav" aria-label={words.t("lead.nav")}>
        <strong>
          {title}
          {simulated && <span className="tag">{words.t("app.simulated")}</span>}
          {state !== "active" && <span className="tag">{words.t(`state.${state}`)}</span>}
        </strong>
        {open.map((key) => (
          <Link
            key={key}
            href={`/p/${slug}/${key}`}
            aria-current={key === section ? "page" : undefined}
          >
            {words.t(`lead.${key}`)}
          </Link>
        ))}
        <Link href={`/work/${slug}`}>{words.t("lead.rate")}</Link>
      </nav>
      <Section slug={slug} project={project.data} mayChange={leading.includes(role)} />
    </>
  );
}
