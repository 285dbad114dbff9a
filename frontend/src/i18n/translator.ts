import type { Texts } from "../core/model";
import type { Catalogue, MessageKey, Params, PluralKey } from "./catalogue";

/** The languages that the page speaks, by BCP 47 tag, each with its own name. */
export const languages = { en: "English", "zh-Hans": "简体中文" } as const;

export type Language = keyof typeof languages;

/** Fetches the messages of a language; nobody waits for those of another. */
const catalogues: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => (await import("./en")).en,
  "zh-Hans": async () => (await import("./zh-Hans")).zhHans,
};

/** The page's language for a tag from the server, whatever its case. */
export function languageOf(tag: string): Language {
  const low = tag.toLowerCase();
  return low.startsWith("zh") ? "zh-Hans" : "en";
}

type Args<Key extends MessageKey> = keyof Params<Key> extends never ? [] : [params: Params<Key>];

/** Words, numbers and dates in one language. */
export interface Translator {
  readonly language: Language;
  t<Key extends MessageKey>(key: Key, ...args: Args<Key>): string;
  /** A message in the plural form of `n`, which it may name as {n}. */
  plural(key: PluralKey, n: number): string;
  number(value: number, options?: Intl.NumberFormatOptions): string;
  date(value: string, style?: "date" | "time"): string;
  list(items: readonly string[]): string;
  /** The text of a protocol in this language, else in English, else in any. */
  text(texts: Texts | undefined): string;
  languageName(tag: string): string;
  /** What a code of the server means, or undefined for one that the page does not know. */
  fault(code: string): string | undefined;
}

/** The translator of a language, once its messages are there. */
export async function loadTranslator(language: Language): Promise<Translator> {
  return translator(language, await catalogues[language]());
}

function translator(language: Language, catalogue: Catalogue): Translator {
  const rules = new Intl.PluralRules(language);
  const number = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language, options).format(value);
  const fill = (text: string, params: Readonly<Record<string, string | number>>) =>
    text.replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = params[name];
      if (value === undefined) return hole;
      return typeof value === "number" ? number(value) : value;
    });
  return {
    language,
    t: (key, ...args) => fill(catalogue[key], args[0] ?? {}),
    plural: (key, n) => {
      const form = `${key}#${rules.select(n)}`;
      const chosen = form in catalogue ? form : `${key}#other`;
      return fill(catalogue[chosen as MessageKey], { n });
    },
    number,
    date: (value, style = "date") => {
      const options: Intl.DateTimeFormatOptions =
        style === "date" ? { dateStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" };
      return new Intl.DateTimeFormat(language, options).format(new Date(value));
    },
    list: (items) => new Intl.ListFormat(language, { type: "conjunction" }).format(items),
    text: (texts) => pick(texts ?? {}, language),
    languageName: (tag) =>
      new Intl.DisplayNames(language, { type: "language" }).of(tag || "und") ?? tag,
    fault: (code) => {
      const key = `fault.${code}`;
      return key in catalogue ? catalogue[key as MessageKey] : undefined;
    },
  };
}

function pick(texts: Texts, language: Language): string {
  const byTag = (wanted: string) =>
    Object.entries(texts).find(([tag]) => tag.toLowerCase() === wanted.toLowerCase())?.[1];
  return byTag(language) ?? byTag("en") ?? Object.values(texts)[0] ?? "";
}
