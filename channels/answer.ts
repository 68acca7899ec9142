import { retryAfterMs } from "@/core/time/retry-after";

/**
 * What an HTTP error status says about the message: 429 and 503 turn it away before any work, 401 on our own key is mended in the settings
 * while the message waits; another 5xx or 408 may come after the work was done; the rest of 4xx will not change.
 */
export function meaning(status: number): "temporary" | "lasting" | "unsure" {
  if (status === 429 || status === 503 || status === 401) return "temporary";
  return status === 408 || status >= 500 || status < 400 ? "unsure" : "lasting";
}

/** How long it asks to be left alone, as a refusal carries it. */
export function asksFor(headers: Record<string, string | string[] | undefined>): { after?: number } {
  const after = retryAfterMs(headers["retry-after"], Date.now());
  return after === undefined ? {} : { after };
}
