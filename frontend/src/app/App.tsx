import { useQuery } from "@tanstack/react-query";
import { lazy, useEffect, useState } from "react";
import { Route, Switch } from "wouter";
import { me } from "../api/endpoints";
import type { Me } from "../api/types";
import { WorkPage } from "../features/work/WorkPage";
import { type Language, languageOf, loadTranslator, type Translator } from "../i18n/translator";
import { useWords, WordsProvider } from "../ui/i18n";
import { KeysProvider } from "../ui/Keys";
import { Trouble } from "../ui/problem";
import { Boundary } from "./Failure";
import { type Desk, openDesk } from "./openDesk";
import { Page } from "./Page";
import { SignedOut } from "./SignedOut";

// The rating page comes with the first script, every other page when it is opened.
const HomePage = lazy(async () => ({
  default: (await import("../features/home/HomePage")).HomePage,
}));
const HelpPage = lazy(async () => ({
  default: (await import("../features/help/HelpPage")).HelpPage,
}));
const StatementPage = lazy(async () => ({
  default: (await import("../features/help/StatementPage")).StatementPage,
}));
const AccountPage = lazy(async () => ({
  default: (await import("../features/account/AccountPage")).AccountPage,
}));
const LeadPages = lazy(() => import("../features/lead/LeadPages"));

/** The whole page in the language of its user. */
export function App() {
  const user = useQuery({ queryKey: ["me"], queryFn: me.get, staleTime: Number.POSITIVE_INFINITY });
  const tag = user.data?.language ?? document.documentElement.lang;
  const words = useTranslator(languageOf(tag));
  if (!words) return null;
  return (
    <WordsProvider words={words}>
      {user.error && <Trouble error={user.error} onRetry={() => void user.refetch()} />}
      <Boundary>{user.data && <SignedIn user={user.data} />}</Boundary>
    </WordsProvider>
  );
}

/** The words of a language once they are there; until then those of the language before. */
function useTranslator(language: Language): Translator | null {
  const [words, setWords] = useState<Translator | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    loadTranslator(language).then((loaded) => {
      if (!isCurrent) return;
      document.documentElement.lang = language;
      setWords(loaded);
    }, setError);
    return () => {
      isCurrent = false;
    };
  }, [language]);
  if (error) throw error;
  return words;
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
            <LeadPages slug={slug} />
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
