import { createContext, type ReactNode, use } from "react";
import type { Translator } from "../i18n/translator";

const Words = createContext<Translator | null>(null);

/** Speaks one language to everything inside. */
export function WordsProvider({ words, children }: { words: Translator; children: ReactNode }) {
  return <Words value={words}>{children}</Words>;
}

/** The words of the page's language. */
export function useWords(): Translator {
  const words = use(Words);
  if (!words) throw new Error("The page has no language");
  return words;
}
