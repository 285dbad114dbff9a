import { ApiError, type Fault, type Problem } from "../core/problem";
import type { Translator } from "../i18n/translator";
import { useWords } from "./i18n";

/** A sentence for a failed request. */
export function explain(words: Translator, error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  const { status, problem } = error;
  if (status === 0) return words.t("error.offline");
  if (status === 401) return words.t("error.signedOut");
  if (status === 404) return words.t("error.notFound");
  if (status >= 500) return words.t("error.server");
  if (problem.code === "forbidden") return words.t("error.forbidden");
  return refusal(words, problem);
}

/** Why the server refused: every fault in words, else the problem as a whole. */
function refusal(words: Translator, problem: Problem): string {
  const faults = problem.faults ?? [];
  if (faults.length > 0) return faults.map((fault) => faultText(words, fault)).join(" ");
  const detail = problem.detail ?? problem.title;
  return words.fault(problem.code) ?? words.t("error.refused", { detail });
}

/** One fault in words, with where it is; a code without words keeps its parameters. */
export function faultText(words: Translator, fault: Fault): string {
  const { code, field, label, dimension, message, ...rest } = fault;
  const where = [field, label, dimension].filter(Boolean).join(" ");
  const known = words.fault(code);
  const what = known ?? [message ?? code, ...Object.values(rest)].map(String).join(" ");
  return where ? `${where}: ${what}` : what;
}

/** The place where a form or page says what went wrong. */
export function Trouble({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useWords();
  if (!error) return null;
  return (
    <p className="trouble" role="alert">
      {explain(words, error)}{" "}
      {onRetry && (
        <button type="button" className="link" onClick={onRetry}>
          {words.t("app.retry")}
        </button>
      )}
    </p>
  );
}
