import createClient from "openapi-fetch";
import { ApiError, type Problem } from "../core/problem";
import type { paths } from "./schema.gen";

const mostKeptAlive = 60_000;

/** Whose page this is, and who hears that the session ended or works; set once he is known. */
let owner: { readonly user: string; readonly hear: (problem: Problem | null) => void } | null =
  null;

/** From now on every request says whose page sends it; the server takes it from nobody else. */
export function actFor(user: string, hear: (problem: Problem | null) => void): void {
  owner = { user, hear };
}

/** The CSRF token of this moment: a login in another tab changes it. */
export function csrfToken(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csrf-cookie"]');
  const name = meta?.content ?? "csrftoken";
  const pair = document.cookie.split("; ").find((item) => item.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

/** The headers of this moment; who is logged in is asked without saying who should be. */
function headersFor(method: string, path: string, given?: Headers): Headers {
  const headers = new Headers(given);
  if (owner && path !== "/api/v1/me") {
    headers.set("X-EditJury-User", encodeURIComponent(owner.user));
  }
  if (method !== "GET") headers.set("X-CSRFToken", csrfToken());
  return headers;
}

/** Sends a request; one that changes something and is small survives leaving the page. */
async function send(request: Request): Promise<Response> {
  const { method, url } = request;
  const body = method === "GET" ? "" : await request.text();
  const init: RequestInit = {
    method,
    headers: headersFor(method, new URL(url).pathname, request.headers),
    credentials: "same-origin",
    keepalive: method !== "GET" && body.length < mostKeptAlive,
    ...(body === "" ? {} : { body }),
  };
  return fetch(url, init).catch(unreachable);
}

/** Sends at once and hears no answer, in the last moment of a page. */
export function sendLast(method: "PUT" | "POST", path: string, content: object): void {
  const headers = headersFor(method, path, new Headers({ "Content-Type": "application/json" }));
  const body = JSON.stringify(content);
  // What does not arrive is in the browser's database, or lapses by itself.
  void fetch(path, { method, headers, body, credentials: "same-origin", keepalive: true }).catch(
    () => undefined,
  );
}

function unreachable(): never {
  throw new ApiError({ status: 0, title: "Unreachable", code: "offline" });
}

/** The client that the API's schema types; its failures are ApiErrors. */
export const client = createClient<paths>({ baseUrl: location.origin, fetch: send });

client.use({
  onResponse: async ({ request, response }) => {
    const isMine = new URL(request.url).pathname !== "/api/v1/me";
    if (response.ok) {
      if (isMine) owner?.hear(null);
      return;
    }
    const problem = await problemFrom(response);
    if (isMine && problem.status === 401) owner?.hear(problem);
    throw new ApiError(problem);
  },
});

/** The page of a list at the address that the page before it named as the next. */
export async function follow<Body>(next: string): Promise<Body> {
  const { pathname, search } = new URL(next, location.origin);
  const response = await send(new Request(location.origin + pathname + search));
  if (!response.ok) throw new ApiError(await problemFrom(response));
  return response.json() as Promise<Body>;
}

async function problemFrom(response: Response): Promise<Problem> {
  const { status, statusText } = response;
  const body: unknown = await response.json().catch(() => ({}));
  const known = typeof body === "object" && body !== null ? body : {};
  return { title: statusText, code: `http_${status}`, ...known, status };
}

/** The body of an answer, which is there because failures were thrown. */
export async function answer<Body>(sent: Promise<{ data?: Body }>): Promise<Body> {
  return (await sent).data as Body;
}
