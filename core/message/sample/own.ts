import { spoken } from "../../events/event-name";
import type { SeenType } from "../../rules/seen";
import type { Locale } from "../../text";
import { dayOf } from "../../time/day";

/** Own attributes or event properties by their paths, with what they hold. */
export type OwnTypes = Readonly<Record<string, SeenType>>;

/** What a template can name without brackets. */
const PLAIN = /^[a-z_][\w-]*(\.[a-z_][\w-]*){0,4}$/i;
const BUILT_IN = /(^|\.)(__proto__|constructor|prototype)(\.|$)/;
export const isPlainPath = (path: string): boolean => PLAIN.test(path) && !BUILT_IN.test(path);

/** A value for each, at its path: of lists nothing. */
export function sampleOwn(
  types: OwnTypes,
  { locale, now, timeZone }: { locale: Locale; now: Date; timeZone: string },
): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const [path, type] of Object.entries(types)) {
    if (!isPlainPath(path)) continue;
    const steps = path.split(".");
    const last = steps.pop() ?? path;
    let at = all;
    for (const step of steps) {
      const inner = at[step];
      at = isRecord(inner) ? inner : (at[step] = {});
    }
    at[last] ??= sampleOfType(type, last);
  }
  return all;

  function sampleOfType(type: SeenType, name: string): unknown {
    switch (type) {
      case "number":
        return 3;
      case "boolean":
        return true;
      case "date":
        return dayOf(now.getTime(), timeZone);
      case "instant":
        return now.toISOString();
      case "list":
        return [];
      case "text":
        return spoken(name)[locale];
      default:
        return type satisfies never;
    }
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
