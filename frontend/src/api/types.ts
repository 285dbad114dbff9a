import type { Assignment, ProtocolDocument, SweepOrder } from "../core/model";

export type Role = "annotator" | "senior" | "lead" | "engineer" | "admin";
export type ProjectState = "active" | "paused" | "archived";
export type TaskState = "open" | "review" | "closed";
export type JobState = "queued" | "running" | "done" | "failed" | "cancelled";

export interface Page<Row> {
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly Row[];
}

export interface MembershipSummary {
  readonly project: string;
  readonly title: string;
  readonly role: Role;
  readonly state: ProjectState;
}

export interface Me {
  readonly username: string;
  readonly name: string;
  readonly language: string;
  readonly is_staff: boolean;
  readonly simulated: boolean;
  readonly memberships: readonly MembershipSummary[];
}

export interface ProjectSummary {
  readonly slug: string;
  readonly title: string;
  readonly state: ProjectState;
  readonly role: Role;
  readonly simulated: boolean;
  readonly left: number;
  readonly mine: number;
}

export interface Project extends ProjectSummary {
  readonly protocol: {
    readonly key: string;
    readonly number: number;
    readonly digest: string;
    readonly document: ProtocolDocument;
  };
  readonly settings: {
    readonly sweep: SweepOrder;
    readonly tie_break: boolean;
    readonly ground: string;
    readonly show_size: boolean;
  };
}

export interface ClaimedAssignments {
  readonly assignments: readonly Assignment[];
  readonly retry_after: number | null;
}

export interface ProjectSettings {
  readonly title: string;
  readonly state: ProjectState;
  readonly overlap: number;
  readonly lease_minutes: number;
  readonly sweep: SweepOrder;
  readonly tie_break: boolean;
  readonly gold_rate: number;
  readonly repeat_rate: number;
  readonly repeat_distance: number;
  readonly hint_policy: string;
  readonly blind: boolean;
  readonly ground: string;
  readonly show_size: boolean;
}

export interface SettingsChange {
  readonly at: string;
  readonly by: string | null;
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly done: number;
  readonly total: number | null;
  readonly started_at: string | null;
  readonly detail: string;
}

export interface Progress {
  readonly tasks: {
    readonly total: number;
    readonly open: number;
    readonly review: number;
    readonly closed: number;
    readonly done: number;
    readonly withdrawn: number;
  };
  readonly judgments: {
    readonly counted: number;
    readonly surplus: number;
    readonly wanted: number;
  };
  readonly by_category: readonly {
    readonly category: string;
    readonly total: number;
    readonly done: number;
  }[];
  readonly by_day: readonly { readonly day: string; readonly judgments: number }[];
  readonly jobs: readonly Job[];
}

export interface AnnotatorRow {
  readonly id: string;
  readonly username: string;
  readonly simulated: boolean;
  readonly role: Role;
  readonly live: number;
  readonly submitted: number;
  readonly surplus: number;
  readonly cannot_judge: number;
  readonly excluded: boolean;
  readonly active_ms_median: number | null;
  readonly last_at: string | null;
}

export interface TaskRow {
  readonly id: string;
  readonly external_id: string;
  readonly instruction: string;
  readonly category: string;
  readonly kind: string;
  readonly priority: number;
  readonly wanted: number;
  readonly held: number;
  readonly counted: number;
  readonly state: TaskState;
  readonly done: boolean;
  readonly withdrawn_at: string | null;
  readonly candidates: number;
}

export interface TaskChange {
  readonly priority?: number;
  readonly wanted?: number;
  readonly withdrawn?: boolean;
  readonly state?: TaskState;
}

export interface TaskFilter {
  readonly state?: string;
  readonly priority?: string;
  readonly category?: string;
  readonly q?: string;
  readonly withdrawn?: string;
}

export interface Member {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  readonly kind: "human" | "simulated" | "imported";
  readonly created_at: string;
  readonly ended_at: string | null;
}

export interface InvitationRow {
  readonly id: string;
  readonly role: Role;
  readonly note: string;
  readonly expires_at: string;
}

/** An invitation in the answer that makes it: the only one that shows its link. */
export interface Invited extends InvitationRow {
  readonly url: string;
}

export interface ExclusionRow {
  readonly id: string;
  readonly user: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
  readonly ended_at: string | null;
}

export interface ExportOptions {
  readonly formats: readonly ("editreward" | "groups")[];
  readonly consensus: "mean" | "median" | "majority";
  readonly ties: "keep" | "drop" | "duplicate";
  readonly min_raters: number;
}

export interface ExportRow {
  readonly id: string;
  readonly state: JobState;
  readonly progress: { readonly done: number; readonly total: number | null };
  readonly created_at: string;
  readonly created_by: string | null;
  readonly options: Readonly<Record<string, unknown>>;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly error: string;
}

export interface ExportLink {
  readonly name: string;
  readonly url: string;
  readonly expires_at: string;
}
