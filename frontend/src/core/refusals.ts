import type { PlainKey } from "../i18n/catalogue";
import { ApiError } from "./problem";

/** Why a submitted task cannot be changed any more, or not now, in words. */
export type RefusalKey = Extract<PlainKey, `fault.amend_${string}`>;

const byReason: Readonly<Record<string, RefusalKey>> = {
  too_old: "fault.amend_too_old",
  not_latest: "fault.amend_not_latest",
  adjudicated: "fault.amend_adjudicated",
  excluded: "fault.amend_excluded",
  feedback_shown: "fault.amend_feedback_shown",
  hint_shown: "fault.amend_hint_shown",
  nothing: "fault.amend_nothing",
  offline: "fault.amend_offline",
};

/** The words for a reason that the server or this page gives. */
export function refusalKey(reason: string): RefusalKey {
  return byReason[reason] ?? "fault.amend_final";
}

/** The same refusal of an amendment under a code of its own reason; any other error as it is. */
export function namedByReason(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.code !== "not_amendable") return error;
  const key = refusalKey(String(error.problem.reason));
  return new ApiError({ ...error.problem, code: key.slice("fault.".length) });
}
