/** The appearances that a person may choose. */
export const themes = ["auto", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

const year = 31_536_000;

/** The chosen appearance, as the shell wrote it on the page. */
export function readTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "auto";
}

/** Applies an appearance and keeps it in a cookie, so that the shell sets it before the first paint. */
export function saveTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store needs a secure context
  document.cookie = `editjury-theme=${theme}; path=/; max-age=${year}; samesite=lax`;
}
