import { type FormEvent, useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { me } from "../api/endpoints";
import { logIn } from "../api/login";
import type { Outbox } from "../core/outbox";
import { ApiError } from "../core/problem";
import { Dialog } from "../ui/Dialog";
import { useWords } from "../ui/i18n";
import { explain } from "../ui/problem";

interface SignedOutProps {
  readonly outbox: Outbox;
  readonly username: string;
}

/** Who is logged in now: the page's user, nobody, somebody else by name, or not to be learned. */
type Present = "owner" | "nobody" | { readonly other: string } | { readonly failure: ApiError };

async function whoIsHere(username: string): Promise<Present> {
  try {
    const now = await me.get();
    return now.username === username ? "owner" : { other: now.username };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.status === 401 ? "nobody" : { failure: error };
  }
}

/** Says in place that the session is over; work stays, and goes on once its owner is logged in. */
export function SignedOut({ outbox, username }: SignedOutProps) {
  const { signedOut } = useSyncExternalStore(outbox.view.subscribe, outbox.view.get);
  return signedOut ? <Strip outbox={outbox} username={username} /> : null;
}

function Strip({ outbox, username }: SignedOutProps) {
  const words = useWords();
  const [present, setPresent] = useState<Present>("nobody");
  const [isAsking, setAsking] = useState(false);
  const other = typeof present === "object" && "other" in present ? present.other : null;
  const failure = typeof present === "object" && "failure" in present ? present.failure : null;

  const look = useCallback(async (): Promise<Present> => {
    const found = await whoIsHere(username);
    setPresent(found);
    if (found === "owner") outbox.noteSession(null);
    return found;
  }, [outbox, username]);
  const goOn = async () => {
    const found = await look();
    if (found === "owner") outbox.resume();
    return found;
  };
  useEffect(() => {
    const again = () => void look();
    again();
    window.addEventListener("focus", again);
    return () => window.removeEventListener("focus", again);
  }, [look]);

  return (
    <div className="strip" role="alert">
      <p>
        {other === null
          ? words.t("save.signedOut")
          : words.t("save.otherUser", { other, name: username })}{" "}
        {failure !== null && explain(words, failure)}
      </p>
      {other === null && (
        <button type="button" className="primary" onClick={() => setAsking(true)}>
          {words.t("save.login")}
        </button>
      )}
      <button type="button" onClick={() => void goOn()}>
        {words.t("save.loggedIn")}
      </button>
      {other !== null && (
        <button type="button" onClick={() => location.reload()}>
          {words.t("save.goOnAs", { other })}
        </button>
      )}
      {isAsking && <LogIn username={username} goOn={goOn} onClose={() => setAsking(false)} />}
    </div>
  );
}

interface LogInProps {
  readonly username: string;
  readonly goOn: () => Promise<Present>;
  readonly onClose: () => void;
}

/** The password of this page's user, asked in place. */
function LogIn({ username, goOn, onClose }: LogInProps) {
  const words = useWords();
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await logIn(username, password);
    if (answer !== "accepted") {
      return setFault(words.t(answer === "wrong" ? "save.wrongPassword" : "save.loginFailed"));
    }
    if ((await goOn()) === "nobody") return setFault(words.t("save.loginElsewhere"));
    onClose();
  };
  return (
    <Dialog title={words.t("save.loginAs", { name: username })} onClose={onClose} hasFirstFocus>
      <form className="log-in" onSubmit={(event) => void submit(event)}>
        <input type="hidden" name="username" autoComplete="username" value={username} />
        <label>
          {words.t("save.password")}
          <input
            type="password"
            autoComplete="current-password"
            data-first-focus
            value={password}
            aria-describedby={fault === null ? undefined : "log-in-fault"}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        {fault !== null && (
          <p id="log-in-fault" className="trouble" role="alert">
            {fault}
          </p>
        )}
        <p className="row end">
          <a href="/accounts/login/" target="_blank" rel="noreferrer">
            {words.t("save.loginOther")} ({words.t("app.newTab")})
          </a>
          <button type="submit" className="primary" disabled={password === ""}>
            {words.t("save.login")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
