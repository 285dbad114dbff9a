import { csrfToken } from "./client";

/** What the login page said to a name and a password. */
export type LoginAnswer = "accepted" | "wrong" | "failed";

/** Logs in without leaving the page; a second step, if there is one, is asked elsewhere. */
export async function logIn(username: string, password: string): Promise<LoginAnswer> {
  const response = await fetch("/accounts/login/", {
    method: "POST",
    body: new URLSearchParams({ login: username, password }),
    headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "XMLHttpRequest" },
    credentials: "same-origin",
  }).catch(() => null);
  if (response?.ok) return "accepted";
  return response?.status === 400 ? "wrong" : "failed";
}
