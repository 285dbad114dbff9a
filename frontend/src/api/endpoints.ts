import type { Submission } from "../core/entries";
import type { Answers } from "../core/model";
import type { Receipt } from "../core/outbox";
import { send } from "./http";
import type * as T from "./types";

const root = "/api/v1";

async function get<Answer>(path: string): Promise<Answer> {
  return (await send(root + path, "GET")) as Answer;
}

async function write<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  return (await send(root + path, method, body)) as Answer;
}

const project = (slug: string) => `/projects/${encodeURIComponent(slug)}`;

function query(params: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(params).filter((pair): pair is [string, string] => !!pair[1]);
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}

/** The calls of every member. */
export const me = {
  get: () => get<T.Me>("/me"),
  setLanguage: (language: string) => write<T.Me>("PATCH", "/me", { language }),
  projects: () => get<T.Page<T.ProjectSummary>>("/projects"),
  project: (slug: string) => get<T.Project>(project(slug)),
};

/** The calls of an annotator at work. */
export const work = {
  claim: (slug: string, count: number) =>
    write<T.ClaimedAssignments>("POST", `${project(slug)}/assignments`, { count }),
  putDraft: (assignment: string, revision: number, answers: Answers) =>
    write<unknown>("PUT", `/assignments/${assignment}/draft`, { revision, answers }),
  submit: (assignment: string, { id, body, amends }: Submission) =>
    amends
      ? write<Receipt>("POST", `/judgments/${amends.submission_id}/amend`, {
          ...body,
          submission_id: id,
          expected_revision: amends.expected_revision,
        })
      : write<Receipt>("POST", `/assignments/${assignment}/judgment`, {
          ...body,
          submission_id: id,
        }),
  renew: (assignment: string) => write<unknown>("POST", `/assignments/${assignment}/renew`),
  release: (assignment: string, reason: string, label?: string) =>
    write<unknown>("POST", `/assignments/${assignment}/release`, {
      reason,
      ...(label === undefined ? {} : { label }),
    }),
};

/** A cursor page by the address that the page before it named, or the first one. */
function page<Row>(path: string, next: string | null): Promise<T.Page<Row>> {
  if (next === null) return get(path);
  const { pathname, search } = new URL(next, location.origin);
  return send(pathname + search, "GET") as Promise<T.Page<Row>>;
}

/** The calls of a lead. */
export const lead = {
  settings: (slug: string) => get<T.ProjectSettings>(`${project(slug)}/settings`),
  saveSettings: (slug: string, changes: Partial<T.ProjectSettings>) =>
    write<T.ProjectSettings>("PATCH", `${project(slug)}/settings`, changes),
  history: (slug: string, next: string | null) =>
    page<T.SettingsChange>(`${project(slug)}/settings/history`, next),
  setState: (slug: string, state: T.ProjectState) =>
    write<unknown>("POST", `${project(slug)}/state`, { state }),
  progress: (slug: string) => get<T.Progress>(`${project(slug)}/progress`),
  annotators: (slug: string, next: string | null) =>
    page<T.AnnotatorRow>(`${project(slug)}/annotators`, next),
  tasks: (slug: string, filter: T.TaskFilter, next: string | null) =>
    page<T.TaskRow>(`${project(slug)}/tasks${query({ ...filter })}`, next),
  changeTask: (slug: string, id: string, change: T.TaskChange) =>
    write<T.TaskRow>("PATCH", `${project(slug)}/tasks/${id}`, change),
};

/** The calls about the people of a project. */
export const people = {
  members: (slug: string, next: string | null) => page<T.Member>(`${project(slug)}/members`, next),
  addMember: (slug: string, username: string, role: T.Role) =>
    write<T.Member>("POST", `${project(slug)}/members`, { username, role }),
  setRole: (slug: string, id: string, role: T.Role) =>
    write<T.Member>("PATCH", `${project(slug)}/members/${id}`, { role }),
  removeMember: (slug: string, id: string) =>
    write<unknown>("DELETE", `${project(slug)}/members/${id}`),
  invitations: (slug: string, next: string | null) =>
    page<T.InvitationRow>(`${project(slug)}/invitations`, next),
  invite: (slug: string, role: T.Role, note: string) =>
    write<T.Invited>("POST", `${project(slug)}/invitations`, { role, note }),
  withdrawInvitation: (slug: string, id: string) =>
    write<unknown>("DELETE", `${project(slug)}/invitations/${id}`),
  exclusions: (slug: string, next: string | null) =>
    page<T.ExclusionRow>(`${project(slug)}/exclusions`, next),
  exclude: (slug: string, exclusion: { user: string; from: string; to: string; why: string }) =>
    write<T.ExclusionRow>("POST", `${project(slug)}/exclusions`, exclusion),
  endExclusion: (slug: string, id: string) =>
    write<unknown>("POST", `${project(slug)}/exclusions/${id}/end`),
};

/** The calls about exports. */
export const exports = {
  list: (slug: string, next: string | null) => page<T.ExportRow>(`${project(slug)}/exports`, next),
  start: (slug: string, options: T.ExportOptions) =>
    write<T.ExportRow>("POST", `${project(slug)}/exports`, options),
  cancel: (slug: string, id: string) =>
    write<unknown>("POST", `${project(slug)}/exports/${id}/cancel`),
  links: (slug: string, id: string) =>
    write<readonly T.ExportLink[]>("POST", `${project(slug)}/exports/${id}/links`),
};
