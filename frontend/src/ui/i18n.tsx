import { createContext, type ReactNode, use } from "react";
import { type Translator, translator } from "../i18n/translator";

const Words = createContext<Translator>(translator("en"));

/** Speaks one language to everything inside. */
export function WordsProvider({ words, children }: { words: Translator; children: ReactNode }) {
  return <Words value={words}>{children}</Words>;
}

/** The words of the page's language. */
export function useWords(): Translator {
  return use(Words);
}
