import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Link } from "wouter";
import { me } from "../../api/endpoints";
import type { Project } from "../../api/types";
import type { Lead } from "../../core/lead";
import type { Outbox } from "../../core/outbox";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { type Bench, BenchContext } from "./context";
import { Elsewhere } from "./Elsewhere";
import { useNewGuide } from "./guide/useNewGuide";
import { openBench } from "./openBench";
import { Workbench } from "./Workbench";

/** What carries the work, and whether this tab is the one where it is done. */
interface Desk {
  readonly outbox: Outbox;
  readonly lead: Lead;
}

/** The rating page of one project. */
export function WorkPage({ slug, desk }: { slug: string; desk: Desk }) {
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
            <Link href="/" className="button">
              {words.t("work.home")}
            </Link>
          </p>
        </main>
      </div>
    );
  }
  if (!project.data) return <p className="page-wait">{words.t("app.loading")}</p>;
  return <LedProject key={slug} project={project.data} desk={desk} />;
}

/** The project where this tab leads, else where the work is open. */
function LedProject({ project, desk }: { project: Project; desk: Desk }) {
  const words = useWords();
  const { lead } = desk;
  const place = useSyncExternalStore(lead.place.subscribe, lead.place.get);
  useEffect(() => {
    void lead.enter();
    return () => void lead.leave();
  }, [lead]);
  if (place === "elsewhere") return <Elsewhere onContinue={() => void lead.takeOver()} />;
  if (place !== "here") return <p className="page-wait">{words.t("app.loading")}</p>;
  return <OpenProject project={project} desk={desk} />;
}

function OpenProject({ project, desk }: { project: Project; desk: Desk }) {
  const words = useWords();
  const [bench, setBench] = useState<Bench | null>(null);
  const { language } = words;
  const { outbox, lead } = desk;
  const newGuide = useNewGuide(project);
  useEffect(() => {
    const isElsewhere = () => lead.place.get() === "elsewhere";
    const opened = openBench(project, outbox, language, { isElsewhere, guide: newGuide() });
    setBench(opened.bench);
    return opened.close;
  }, [project, outbox, lead, language, newGuide]);
  if (!bench) return null;
  return (
    <BenchContext value={bench}>
      <Workbench project={project} />
    </BenchContext>
  );
}
