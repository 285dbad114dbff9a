import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { me } from "../../api/endpoints";
import type { Me } from "../../api/types";
import { type Language, languageOf, languages } from "../../i18n/translator";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { BreakChoice } from "./BreakChoice";
import { KeySection } from "./KeySection";
import { readTheme, saveTheme, themes } from "./theme";

/** Language, appearance, and the way to passwords and two-step sign-in. */
export function AccountPage({ user }: { user: Me }) {
  const words = useWords();
  return (
    <>
      <h1>{words.t("account.title")}</h1>
      <p className="lead-text">{words.t("account.user", { name: user.username })}</p>
      <section className="topic">
        <h2>{words.t("account.language")}</h2>
        <LanguageChoice user={user} />
      </section>
      <section className="topic">
        <h2>{words.t("account.theme")}</h2>
        <ThemeChoice />
      </section>
      <section className="topic" id="keys">
        <h2>{words.t("keys.title")}</h2>
        <KeySection />
      </section>
      <BreakChoice user={user} />
      <section className="topic">
        <h2>{words.t("statement.title")}</h2>
        <p>
          <Link href="/accessibility">{words.t("statement.link")}</Link>
        </p>
      </section>
      <section className="topic">
        <h2>{words.t("account.security")}</h2>
        <ul className="plain">
          <li>
            <a href="/accounts/password/change/">{words.t("account.password")}</a>
          </li>
          <li>
            <a href="/accounts/2fa/">{words.t("account.mfa")}</a>
          </li>
          <li>
            <a href="/accounts/logout/">{words.t("app.logout")}</a>
          </li>
        </ul>
      </section>
      <section className="topic">
        <h2>{words.t("account.memberships")}</h2>
        <ul className="plain">
          {user.memberships.map((membership) => (
            <li key={membership.project}>
              {membership.title} · {words.t(`role.${membership.role}`)}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function LanguageChoice({ user }: { user: Me }) {
  const words = useWords();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (language: Language) => me.setLanguage(language === "en" ? "en" : "zh-hans"),
    onSuccess: (updated) => queries.setQueryData(["me"], updated),
  });
  return (
    <>
      <fieldset className="choices across">
        <legend className="visually-hidden">{words.t("account.language")}</legend>
        {Object.entries(languages).map(([tag, name]) => (
          <label key={tag} lang={tag}>
            <input
              type="radio"
              name="language"
              checked={languageOf(user.language) === tag}
              onChange={() => change.mutate(tag as Language)}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <Trouble error={change.error} />
    </>
  );
}

function ThemeChoice() {
  const words = useWords();
  const [theme, setTheme] = useState(readTheme);
  return (
    <fieldset className="choices across">
      <legend className="visually-hidden">{words.t("account.theme")}</legend>
      {themes.map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            name="theme"
            checked={theme === choice}
            onChange={() => {
              saveTheme(choice);
              setTheme(choice);
            }}
          />
          <span>{words.t(`account.theme.${choice}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
