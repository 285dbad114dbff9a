import { useState, useSyncExternalStore } from "react";
import { me } from "../api/endpoints";
import type { Outbox } from "../core/outbox";
import { ApiError } from "../core/problem";
import { useWords } from "../ui/i18n";
import { explain } from "../ui/problem";

/** Says in place that the session is over; the work stays, and goes on after a login elsewhere. */
export function SignedOut({ outbox, username }: { outbox: Outbox; username: string }) {
  const words = useWords();
  const { signedOut } = useSyncExternalStore(outbox.view.subscribe, outbox.view.get);
  const [error, setError] = useState<unknown>(null);
  if (!signedOut) return null;

  const goOn = async () => {
    try {
      const now = await me.get();
      if (now.username === username) outbox.resume();
      else location.reload();
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      setError(problem);
    }
  };
  return (
    <div className="strip" role="alert">
      <p>
        {words.t("save.signedOut")} {error !== null && explain(words, error)}
      </p>
      <a href="/accounts/login/" target="_blank" rel="noreferrer">
        {words.t("save.login")} ({words.t("app.newTab")})
      </a>
      <button type="button" onClick={() => void goOn()}>
        {words.t("save.loggedIn")}
      </button>
    </div>
  );
}
