import { useWords } from "../../ui/i18n";
import { Exclusions } from "./Exclusions";
import { Invitations } from "./Invitations";
import { Members } from "./Members";
import type { SectionProps } from "./section";

/** Who is in the project, who is invited, and whose judgments are left out. */
export function PeoplePage({ slug, project }: SectionProps) {
  const words = useWords();
  return (
    <>
      <h1>{words.t("lead.people")}</h1>
      <Members slug={slug} own={project.role} />
      <Invitations slug={slug} own={project.role} />
      <Exclusions slug={slug} />
    </>
  );
}
