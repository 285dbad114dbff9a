import type { Entry, Submission } from "../core/entries";
import type { Answers, ProtocolDocument } from "../core/model";
import type { Earlier, LookBack } from "../core/recent";
import { namedByReason } from "../core/refusals";
import { answersOfJudgment } from "../core/said";
import { answer, client, follow, sendLast } from "./client";
import type { components, operations } from "./schema.gen";
import type * as T from "./types";

type Schemas = components["schemas"];

const of = (slug: string) => ({ params: { path: { slug } } });

/** A list's first page, or the one at the address that the page before it named. */
function page<Body>(next: string | null, first: () => Promise<{ data?: Body }>): Promise<Body> {
  return next === null ? answer(first()) : follow<Body>(next);
}

/** The document of a version; the schema leaves it open, the import checked its form. */
function documentOf(version: Schemas["DocumentedProtocol"]): ProtocolDocument {
  return version.document as unknown as ProtocolDocument;
}

/** The calls of every member. */
export const me = {
  get: () => answer(client.GET("/api/v1/me")),
  setLanguage: (language: Schemas["LanguageEnum"]) =>
    answer(client.PATCH("/api/v1/me", { body: { language } })),
  setPreferences: (preferences: Readonly<Record<string, unknown>>) =>
    answer(client.PATCH("/api/v1/me", { body: { preferences } })),
  work: () => answer(client.GET("/api/v1/me/work")),
  projects: () => answer(client.GET("/api/v1/projects")),
  project: async (slug: string): Promise<T.Project> => {
    const found = await answer(client.GET("/api/v1/projects/{slug}", of(slug)));
    const document = documentOf(found.protocol);
    return { ...found, protocol: { ...found.protocol, document } };
  },
  protocol: async (slug: string, digest: string): Promise<ProtocolDocument> =>
    documentOf(
      await answer(
        client.GET("/api/v1/projects/{slug}/protocols/{digest}", {
          params: { path: { slug, digest } },
        }),
      ),
    ),
  jobs: (slug: string) => answer(client.GET("/api/v1/projects/{slug}/jobs", of(slug))),
};

/** An own judgment as the page reopens it. */
function earlier(judgment: Schemas["OwnJudgment"]): Earlier {
  const { submission_id, revision, assignment } = judgment;
  return {
    assignment: { ...judgment, id: assignment, lease_expires_at: "", draft: null },
    answers: answersOfJudgment(judgment),
    receipt: { submission_id, revision },
  };
}

/** The calls of an annotator at work. */
export const work = {
  claim: (slug: string, count: number) =>
    answer(
      client.POST("/api/v1/projects/{slug}/assignments", { ...of(slug), body: { count } }),
    ) as Promise<T.ClaimedAssignments>,
  putDraft: (assignment: string, revision: number, answers: Answers) =>
    answer(
      client.PUT("/api/v1/assignments/{assignment}/draft", {
        params: { path: { assignment } },
        body: { revision, answers: { ...answers } },
      }),
    ),
  submit: (assignment: string, { id, body, amends }: Submission) =>
    amends
      ? answer(
          client.POST("/api/v1/judgments/{submission_id}/amend", {
            params: { path: { submission_id: amends.submission_id } },
            body: { ...body, submission_id: id, expected_revision: amends.expected_revision },
          }),
        ).catch((error: unknown) => {
          throw namedByReason(error);
        })
      : answer(
          client.POST("/api/v1/assignments/{assignment}/judgment", {
            params: { path: { assignment } },
            body: { ...body, submission_id: id },
          }),
        ),
  lookBack: async (project: string): Promise<LookBack> => {
    const query = { project, page_size: 20 };
    const { results } = await answer(client.GET("/api/v1/me/judgments", { params: { query } }));
    const found = results.filter((judgment) => judgment.amendable);
    const oldest = found.at(-1);
    const before = results.slice(oldest ? results.indexOf(oldest) + 1 : 0);
    return { found: found.map(earlier), refused: before[0]?.refusal ?? null };
  },
  renew: (assignment: string) =>
    answer(
      client.POST("/api/v1/assignments/{assignment}/renew", { params: { path: { assignment } } }),
    ),
  release: (assignment: string, reason: Schemas["ReasonEnum"], label: string | null) =>
    answer(
      client.POST("/api/v1/assignments/{assignment}/release", {
        params: { path: { assignment } },
        body: { reason, label },
      }),
    ),
};

/** What a page still says when it ends; nobody hears the answer. */
export const lastWords = {
  /** A judgment, else a draft. */
  send: ({ assignment, submission, revision, answers }: Entry) => {
    const base = `/api/v1/assignments/${assignment}`;
    if (!submission) return sendLast("PUT", `${base}/draft`, { revision, answers });
    const { id, body, amends } = submission;
    if (!amends) return sendLast("POST", `${base}/judgment`, { ...body, submission_id: id });
    sendLast("POST", `/api/v1/judgments/${amends.submission_id}/amend`, {
      ...body,
      submission_id: id,
      expected_revision: amends.expected_revision,
    });
  },
  release: (assignment: string) =>
    sendLast("POST", `/api/v1/assignments/${assignment}/release`, { reason: "later" }),
};

/** The filter of the list of tasks. */
export type TaskFilter = NonNullable<operations["tasks"]["parameters"]["query"]>;

/** The calls of a lead. */
export const lead = {
  settings: (slug: string) => answer(client.GET("/api/v1/projects/{slug}/settings", of(slug))),
  saveSettings: (slug: string, body: Schemas["PatchedSettingsInputRequest"]) =>
    answer(client.PATCH("/api/v1/projects/{slug}/settings", { ...of(slug), body })),
  history: (slug: string, next: string | null) =>
    page(next, () => client.GET("/api/v1/projects/{slug}/settings/history", of(slug))),
  setState: (slug: string, state: T.ProjectState) =>
    answer(client.POST("/api/v1/projects/{slug}/state", { ...of(slug), body: { state } })),
  progress: (slug: string) => answer(client.GET("/api/v1/projects/{slug}/progress", of(slug))),
  annotators: (slug: string, next: string | null) =>
    page(next, () => client.GET("/api/v1/projects/{slug}/annotators", of(slug))),
  tasks: (slug: string, filter: TaskFilter, next: string | null) =>
    page(next, () =>
      client.GET("/api/v1/projects/{slug}/tasks", {
        params: { path: { slug }, query: filter },
      }),
    ),
  changeTask: (slug: string, task: string, body: T.TaskChange) =>
    answer(
      client.PATCH("/api/v1/projects/{slug}/tasks/{task}", {
        params: { path: { slug, task } },
        body,
      }),
    ),
};

/** The calls about the people of a project. */
export const people = {
  members: (slug: string, next: string | null) =>
    page(next, () => client.GET("/api/v1/projects/{slug}/members", of(slug))),
  addMember: (slug: string, username: string, role: T.Role) =>
    answer(
      client.POST("/api/v1/projects/{slug}/members", {
        ...of(slug),
        body: { username, role, group: "" },
      }),
    ),
  changeMember: (
    slug: string,
    member: string,
    body: { role: T.Role } | { lift_unblinding: true },
  ) =>
    answer(
      client.PATCH("/api/v1/projects/{slug}/members/{member}", {
        params: { path: { slug, member } },
        body,
      }),
    ),
  removeMember: (slug: string, member: string) =>
    answer(
      client.DELETE("/api/v1/projects/{slug}/members/{member}", {
        params: { path: { slug, member } },
      }),
    ),
  invitations: (slug: string, next: string | null) =>
    page(next, () => client.GET("/api/v1/projects/{slug}/invitations", of(slug))),
  invite: (slug: string, role: T.Role, note: string) =>
    answer(
      client.POST("/api/v1/projects/{slug}/invitations", {
        ...of(slug),
        body: { role, note, group: "" },
      }),
    ),
  withdrawInvitation: (slug: string, invitation: string) =>
    answer(
      client.DELETE("/api/v1/projects/{slug}/invitations/{invitation}", {
        params: { path: { slug, invitation } },
      }),
    ),
  exclusions: (slug: string, next: string | null) =>
    page(next, () => client.GET("/api/v1/projects/{slug}/exclusions", of(slug))),
  exclude: (slug: string, body: T.Exclude) =>
    answer(client.POST("/api/v1/projects/{slug}/exclusions", { ...of(slug), body })),
  endExclusion: (slug: string, exclusion: string) =>
    answer(
      client.POST("/api/v1/projects/{slug}/exclusions/{exclusion}/end", {
        params: { path: { slug, exclusion } },
      }),
    ),
};

const exported = (id: string) => ({ params: { path: { export: id } } });

/** The calls about exports. */
export const exports = {
  list: (slug: string, next: string | null) =>
    page(next, () => client.GET("/api/v1/projects/{slug}/exports", of(slug))),
  start: (slug: string, body: T.ExportOptions) =>
    answer(client.POST("/api/v1/projects/{slug}/exports", { ...of(slug), body })),
  cancel: (id: string) => answer(client.POST("/api/v1/exports/{export}/cancel", exported(id))),
  links: (id: string) => answer(client.POST("/api/v1/exports/{export}/links", exported(id))),
};
