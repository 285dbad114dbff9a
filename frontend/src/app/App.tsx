import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { Route, Switch } from "wouter";
import { me } from "../api/endpoints";
import type { Me } from "../api/types";
import type { Outbox } from "../core/outbox";
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
import { openOutbox } from "./openOutbox";
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
  const outbox = useOutbox(user.username);
  if (!outbox) return null;
  return (
    <KeysProvider preferences={user.preferences}>
      <SignedOut outbox={outbox} username={user.username} />
      <Routes user={user} outbox={outbox} />
    </KeysProvider>
  );
}

/** The user's outbox, once what an earlier page left is read. */
function useOutbox(username: string): Outbox | null {
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    const opened = openOutbox(username);
    opened.then((ready) => isCurrent && setOutbox(ready), setError);
    return () => {
      isCurrent = false;
    };
  }, [username]);
  if (error) throw error;
  return outbox;
}

function Routes({ user, outbox }: { user: Me; outbox: Outbox }) {
  return (
    <Switch>
      <Route path="/work/:slug">{({ slug }) => <WorkPage slug={slug} outbox={outbox} />}</Route>
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
