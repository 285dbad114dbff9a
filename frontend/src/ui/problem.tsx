import { ApiError } from "../core/problem";
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
  return words.t("error.refused", { detail: detailOf(error) });
}

function detailOf({ problem }: ApiError): string {
  const faults = (problem.faults ?? []).map((fault) =>
    [fault.field, fault.message ?? fault.code].filter(Boolean).join(": "),
  );
  return faults.length > 0 ? faults.join("; ") : (problem.detail ?? problem.title);
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
