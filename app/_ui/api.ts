import { REFUSALS, type Refusal } from "@/core/refusals";
import { newUuid } from "./uuid";

/** RFC 9457 as our API writes it. */
type Problem = { code?: string; title?: string; detail?: string; path?: string; status?: number };

/** What the API refused, or why it could not be asked. `code` is a refusal, "offline" or "broken". */
export class ApiError extends Error {
  override name = "ApiError";
  constructor(
    readonly code: Refusal | "offline" | "broken",
    readonly status: number,
    readonly detail?: string,
    readonly path?: string,
  ) {
    super(detail ?? code);
  }
}

export type Api = {
  get<T>(path: string, query?: Query, stop?: AbortSignal): Promise<T>;
  /** `key`: repeat a request safely by giving the same key again. */
  post<T>(path: string, body?: unknown, key?: string): Promise<T>;
  put<T>(path: string, body?: unknown): Promise<T>;
  patch<T>(path: string, body?: unknown): Promise<T>;
  remove<T>(path: string): Promise<T>;
};
export type Query = Record<string, string | number | boolean | undefined | null>;

/**
 * Paths are relative to /api/v1, or absolute from the API's root when they begin with two slashes ("//sandbox/messages"). `person`: the id
 * of whom the page was made for; where somebody else signed in since, changes are refused (`somebody_else`).
 */
export function apiAt(origin: string, person?: string): Api {
  const send = async <T>(
    method: string,
    path: string,
    options: { query?: Query; body?: unknown; key?: string; stop?: AbortSignal } = {},
  ): Promise<T> => {
    const url = new URL(path.startsWith("//") ? path.slice(1) : `/api/v1${path}`, origin);
    for (const [name, value] of Object.entries(options.query ?? {}))
      if (value !== undefined && value !== null && value !== "") url.searchParams.set(name, String(value));
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        credentials: "include",
        headers: {
          ...(options.body !== undefined && { "content-type": "application/json" }),
          ...(options.key && { "idempotency-key": options.key }),
          ...(person !== undefined && method !== "GET" && { "x-person": person }),
          // What the API refuses it says in the page's language, whatever the browser's is.
          ...(typeof document !== "undefined" && { "accept-language": document.documentElement.lang || "en" }),
        },
        ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
        ...(options.stop && { signal: options.stop }),
      });
    } catch (error) {
      if (options.stop?.aborted) throw error;
      throw new ApiError("offline", 0, origin);
    }
    const text = await response.text();
    const body: unknown = text ? parse(text) : undefined;
    if (response.ok) return body as T;
    throw refusal(response.status, body);
  };
  return {
    get: (path, query, stop) => send("GET", path, { ...(query && { query }), ...(stop && { stop }) }),
    post: (path, body = {}, key = newUuid()) => send("POST", path, { body, key }),
    put: (path, body = {}) => send("PUT", path, { body }),
    patch: (path, body = {}) => send("PATCH", path, { body }),
    remove: (path) => send("DELETE", path),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRefusal = (code: string | undefined): code is Refusal => REFUSALS.some((known) => known === code);

function refusal(status: number, body: unknown): ApiError {
  const problem: Problem = typeof body === "object" && body !== null ? body : {};
  if (isRefusal(problem.code)) return new ApiError(problem.code, status, problem.detail, problem.path);
  if (status === 401) return new ApiError("not_signed_in", status, problem.detail);
  if (status === 404) return new ApiError("not_found", status, problem.detail);
  if (status === 429) return new ApiError("too_many_requests", status, problem.detail);
  return new ApiError(status >= 500 ? "broken" : "invalid", status, problem.detail ?? problem.title, problem.path);
}
