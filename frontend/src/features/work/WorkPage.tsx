import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { me } from "../../api/endpoints";
import type { Project } from "../../api/types";
import type { Outbox } from "../../core/outbox";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { type Bench, BenchContext } from "./context";
import { openBench } from "./openBench";
import { Workbench } from "./Workbench";

/** The rating page of one project. */
export function WorkPage({ slug, outbox }: { slug: string; outbox: Outbox }) {
  const words = useWords();
  const project = useQuery({
    queryKey: ["work", slug],
    queryFn: () => me.project(slug),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (project.error) {
    return (
      <div className="bench">
        <main id="content" className="bench-message">
          <h1>{words.t("work.failedTitle")}</h1>
          <Trouble error={project.error} onRetry={() => void project.refetch()} />
          <p>
            <Link href="/">{words.t("work.home")}</Link>
          </p>
        </main>
      </div>
    );
  }
  if (!project.data) return <p className="page-wait">{words.t("app.loading")}</p>;
  return <OpenProject key={slug} project={project.data} outbox={outbox} />;
}

function OpenProject({ project, outbox }: { project: Project; outbox: Outbox }) {
  const words = useWords();
  const [bench, setBench] = useState<Bench | null>(null);
  const { language } = words;
  useEffect(() => {
    const opened = openBench(project, outbox, language);
    setBench(opened.bench);
    return opened.close;
  }, [project, outbox, language]);
  if (!bench) return null;
  return (
    <BenchContext value={bench}>
      <Workbench project={project} />
    </BenchContext>
  );
}
