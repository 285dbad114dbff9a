import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lead } from "../../api/endpoints";
import type { ProjectState } from "../../api/types";
import { Confirm } from "../../ui/Confirm";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { History } from "./History";
import { SettingsForm } from "./SettingsForm";
import type { SectionProps } from "./section";

/** Every setting of the project, whether work goes on, and who changed what. */
export function SettingsPage({ slug, mayChange }: SectionProps) {
  const words = useWords();
  const settings = useQuery({ queryKey: ["settings", slug], queryFn: () => lead.settings(slug) });
  return (
    <>
      <h1>{words.t("lead.settings")}</h1>
      <Trouble error={settings.error} onRetry={() => void settings.refetch()} />
      {settings.data && (
        <>
          {mayChange && (
            <WorkState slug={slug} state={settings.data.state} title={settings.data.title} />
          )}
          <SettingsForm slug={slug} settings={settings.data} mayChange={mayChange} />
        </>
      )}
      <History slug={slug} />
    </>
  );
}

const moves = {
  active: [
    ["paused", "settings.pause", "settings.pauseTitle"],
    ["archived", "settings.archive", "settings.archiveTitle"],
  ],
  paused: [
    ["active", "settings.resume", "settings.resumeTitle"],
    ["archived", "settings.archive", "settings.archiveTitle"],
  ],
  archived: [["active", "settings.resume", "settings.resumeTitle"]],
} as const;

interface WorkStateProps {
  readonly slug: string;
  readonly state: ProjectState;
  readonly title: string;
}

/** Whether annotators get tasks; each move is asked about. */
function WorkState({ slug, state, title }: WorkStateProps) {
  const words = useWords();
  const queries = useQueryClient();
  const move = useMutation({
    mutationFn: (to: ProjectState) => lead.setState(slug, to),
    onSettled: () =>
      Promise.all(
        ["settings", "project", "history"].map((key) =>
          queries.invalidateQueries({ queryKey: [key, slug] }),
        ),
      ),
  });
  return (
    <section className="topic">
      <h2>{words.t("settings.stateTitle")}</h2>
      <p>{words.t(`settings.state.${state}`)}</p>
      <div className="row">
        {moves[state].map(([to, label, question]) => (
          <Confirm
            key={to}
            label={words.t(label)}
            title={words.t(question, { title })}
            onYes={() => move.mutate(to)}
          >
            {words.t(`settings.state.${to}`)}
          </Confirm>
        ))}
      </div>
      <Trouble error={move.error} />
    </section>
  );
}
