import createClient from "openapi-fetch";
import { ApiError, type Problem } from "../core/problem";
import type { paths } from "./schema.gen";

const mostKeptAlive = 60_000;

/** The CSRF token of this moment: a login in another tab changes it. */
function csrfToken(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csrf-cookie"]');
  const name = meta?.content ?? "csrftoken";
  const pair = document.cookie.split("; ").find((item) => item.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

/** Sends a request; one that changes something and is small survives leaving the page. */
async function send(request: Request): Promise<Response> {
  if (request.method === "GET") return fetch(request).catch(unreachable);
  const body = await request.text();
  const headers = new Headers(request.headers);
  headers.set("X-CSRFToken", csrfToken());
  const init: RequestInit = {
    method: request.method,
    headers,
    credentials: "same-origin",
    keepalive: body.length < mostKeptAlive,
    ...(body === "" ? {} : { body }),
  };
  return fetch(request.url, init).catch(unreachable);
}

function unreachable(): never {
  throw new ApiError({ status: 0, title: "Unreachable", code: "offline" });
}

/** The client that the API's schema types; its failures are ApiErrors. */
export const client = createClient<paths>({ baseUrl: location.origin, fetch: send });

client.use({
  onResponse: async ({ response }) => {
    if (!response.ok) throw new ApiError(await problemFrom(response));
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
