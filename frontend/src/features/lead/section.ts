import type { Project } from "../../api/types";

/** What every section of a project gets. */
export interface SectionProps {
  readonly slug: string;
  readonly project: Project;
  /** Engineers look; leads change. */
  readonly mayChange: boolean;
}
