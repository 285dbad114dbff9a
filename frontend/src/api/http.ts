import { ApiError, type Problem } from "../core/problem";

const mostKeptAlive = 60_000;

/** The CSRF token of this moment: a login in another tab changes it. */
function csrfToken(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csrf-cookie"]');
  const name = meta?.content ?? "csrftoken";
  const pair = document.cookie.split("; ").find((item) => item.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

/** A request whose failures are all ApiErrors; one that is small survives leaving the page. */
export async function send(path: string, method: string, body?: unknown): Promise<unknown> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const init: RequestInit = {
    method,
    headers: headersFor(method, text),
    credentials: "same-origin",
    keepalive: method !== "GET" && (text?.length ?? 0) < mostKeptAlive,
    ...(text === undefined ? {} : { body: text }),
  };
  const response = await fetch(path, init).catch(() => {
    throw new ApiError({ status: 0, title: "Unreachable", code: "offline" });
  });
  if (!response.ok) throw new ApiError(await problemFrom(response));
  return response.status === 204 ? null : response.json();
}

function headersFor(method: string, text: string | undefined): Record<string, string> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (text !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  return headers;
}

async function problemFrom(response: Response): Promise<Problem> {
  const { status, statusText } = response;
  const body: unknown = await response.json().catch(() => ({}));
  const known = typeof body === "object" && body !== null ? body : {};
  return { title: statusText, code: `http_${status}`, ...known, status };
}
