/** A server that asks for more is asked again after this anyway. */
const LONGEST_MS = 3_600_000;

/**
 * How long a server asks to be left alone, in milliseconds from `now`: `Retry-After` of RFC 9110, in seconds or as a date. Undefined where it
 * says nothing that can be read, or an instant that has passed.
 */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!text) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return ms > 0 ? Math.min(Math.ceil(ms), LONGEST_MS) : undefined;
}
