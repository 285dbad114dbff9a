import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { Route, Switch } from "wouter";
import { me } from "../api/endpoints";
import type { Me } from "../api/types";
import { AccountPage } from "../features/account/AccountPage";
import { HelpPage } from "../features/help/HelpPage";
import { StatementPage } from "../features/help/StatementPage";
import { HomePage } from "../features/home/HomePage";
import { WorkPage } from "../features/work/WorkPage";
import { languageOf, translator } from "../i18n/translator";
import { useWords, WordsProvider } from "../ui/i18n";
import { KeysProvider } from "../ui/Keys";
import { Trouble } from "../ui/problem";
import { Boundary } from "./Failure";
import { type Desk, openDesk } from "./openDesk";
import { Page } from "./Page";
import { SignedOut } from "./SignedOut";

const LeadPages = lazy(() => import("../features/lead/LeadPages"));

/** The whole page in the language of its user. */
export function App() {
  const user = useQuery({ queryKey: ["me"], queryFn: me.get, staleTime: Number.POSITIVE_INFINITY });
  const tag = user.data?.language ?? document.documentElement.lang;
  const words = useMemo(() => translator(languageOf(tag)), [tag]);
  useEffect(() => {
    document.documentElement.lang = words.language;
  }, [words]);

  return (
    <WordsProvider words={words}>
      {user.error && <Trouble error={user.error} onRetry={() => void user.refetch()} />}
      <Boundary>{user.data && <SignedIn user={user.data} />}</Boundary>
    </WordsProvider>
  );
}

function SignedIn({ user }: { user: Me }) {
  const desk = useDesk(user.username);
  if (!desk) return null;
  return (
    <KeysProvider preferences={user.preferences}>
      <SignedOut outbox={desk.outbox} username={user.username} />
      <Routes user={user} desk={desk} />
    </KeysProvider>
  );
}

/** The user's desk, once the browser's database is open. */
function useDesk(username: string): Desk | null {
  const [desk, setDesk] = useState<Desk | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    const opened = openDesk(username);
    opened.then((ready) => isCurrent && setDesk(ready), setError);
    return () => {
      isCurrent = false;
    };
  }, [username]);
  if (error) throw error;
  return desk;
}

function Routes({ user, desk }: { user: Me; desk: Desk }) {
  const { outbox } = desk;
  return (
    <Switch>
      <Route path="/work/:slug">{({ slug }) => <WorkPage slug={slug} desk={desk} />}</Route>
      <Route path="/">
        <Page user={user} outbox={outbox}>
          <HomePage />
        </Page>
      </Route>
      <Route path="/help">
        <Page user={user} outbox={outbox}>
          <HelpPage />
        </Page>
      </Route>
      <Route path="/accessibility">
        <Page user={user} outbox={outbox}>
          <StatementPage />
        </Page>
      </Route>
      <Route path="/account">
        <Page user={user} outbox={outbox}>
          <AccountPage user={user} />
        </Page>
      </Route>
      <Route path="/p/:slug/*?">
        {({ slug }) => (
          <Page user={user} outbox={outbox}>
            <Suspense>
              <LeadPages slug={slug} />
            </Suspense>
          </Page>
        )}
      </Route>
      <Route>
        <Page user={user} outbox={outbox}>
          <NotFound />
        </Page>
      </Route>
    </Switch>
  );
}

function NotFound() {
  const words = useWords();
  return (
    <>
      <h1>{words.t("app.notFound")}</h1>
      <p>{words.t("app.notFoundText")}</p>
    </>
  );
}
