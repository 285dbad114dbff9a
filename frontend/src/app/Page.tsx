import { type ReactNode, Suspense, useEffect } from "react";
import { Link, useLocation } from "wouter";
import type { Me } from "../api/types";
import type { Outbox } from "../core/outbox";
import { useWords } from "../ui/i18n";
import { SaveStatus } from "../ui/SaveStatus";

interface PageProps {
  readonly user: Me;
  readonly outbox: Outbox;
  readonly children: ReactNode;
}

/** A page that is read: a line of navigation above, one column below. */
export function Page({ user, outbox, children }: PageProps) {
  const words = useWords();
  const [path] = useLocation();
  const here = (to: string) => (path === to ? { "aria-current": "page" as const } : {});
  useEffect(() => {
    if (path) document.title = words.t("app.name");
  }, [path, words]);
  return (
    <div className="page">
      <a className="skip" href="#content">
        {words.t("app.skip")}
      </a>
      <header className="page-bar">
        <nav aria-label={words.t("app.main")}>
          <Link href="/" className="brand">
            {words.t("app.name")}
          </Link>
          <Link href="/" {...here("/")}>
            {words.t("app.home")}
          </Link>
          <Link href="/help" {...here("/help")}>
            {words.t("app.help")}
          </Link>
        </nav>
        <div className="page-end">
          <SaveStatus outbox={outbox} isQuiet />
          <Link href="/account" {...here("/account")}>
            {user.name || user.username}
          </Link>
          {user.simulated && <span className="tag">{words.t("app.simulated")}</span>}
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <Suspense>{children}</Suspense>
      </main>
    </div>
  );
}
