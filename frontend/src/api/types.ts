import type { Assignment, ProtocolDocument } from "../core/model";
import type { components } from "./schema.gen";

type Schemas = components["schemas"];

/** A page of a list by cursor. */
export interface Page<Row> {
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly Row[];
}

export type Role = Schemas["RoleEnum"];
export type ProjectState = Schemas["ProjectState"];
export type TaskState = Schemas["TaskState"];
export type Me = Schemas["MeOutput"];
export type OwnWork = Schemas["ProjectWork"];
export type ProjectSummary = Schemas["ProjectSummary"];

/** A project with the protocol in force, whose document the schema leaves open. */
export type Project = Omit<Schemas["ProjectOutput"], "protocol"> & {
  readonly protocol: Schemas["ProtocolOutput"] & { readonly document: ProtocolDocument };
};

/** What a claim gave out; drafts hold the answers of this page. */
export interface ClaimedAssignments {
  readonly assignments: readonly Assignment[];
  readonly retry_after: number | null;
  readonly with_others: number;
}

export type ProjectSettings = Schemas["SettingsOutput"];
export type SettingsChange = Schemas["SettingsChangeOutput"];
export type Progress = Schemas["ProgressOutput"];
export type AnnotatorRow = Schemas["AnnotatorOutput"];
export type TaskRow = Schemas["TaskOutput"];
export type TaskChange = Schemas["PatchedTaskInputRequest"];
export type Member = Schemas["MemberOutput"];
export type InvitationRow = Schemas["InvitationOutput"];
export type Invited = Schemas["InvitationsOutput"];
export type ExclusionRow = Schemas["ExclusionOutput"];
export type Exclude = Schemas["ExclusionsInputRequest"];
export type Job = Schemas["JobOutput"];
export type ExportOptions = Schemas["ExportsInputRequest"];
export type ExportRow = Schemas["ExportOutput"];
export type ExportLink = Schemas["LinkOutput"];
