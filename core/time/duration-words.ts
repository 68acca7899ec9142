import type { Text } from "../text";

/** The units a marketer thinks in. A month is a calendar month. */
export const UNITS = ["minutes", "hours", "days", "weeks", "months"] as const;
export type Unit = (typeof UNITS)[number];
export type Span = { count: number; unit: Unit };

const LETTERS = {
  minutes: ["PT", "M"],
  hours: ["PT", "H"],
  days: ["P", "D"],
  weeks: ["P", "W"],
  months: ["P", "M"],
} as const satisfies Record<Unit, readonly [string, string]>;
const NAMES: Record<Unit, { one: Text; many: Text }> = {
  minutes: { one: { en: "minute", "zh-CN": "分钟" }, many: { en: "minutes", "zh-CN": "分钟" } },
  hours: { one: { en: "hour", "zh-CN": "小时" }, many: { en: "hours", "zh-CN": "小时" } },
  days: { one: { en: "day", "zh-CN": "天" }, many: { en: "days", "zh-CN": "天" } },
  weeks: { one: { en: "week", "zh-CN": "周" }, many: { en: "weeks", "zh-CN": "周" } },
  months: { one: { en: "month", "zh-CN": "个月" }, many: { en: "months", "zh-CN": "个月" } },
};

/** Reads an ISO 8601 duration of one unit; a mixed one (P1DT12H) is undefined and stays as it is written. */
export function readSpan(iso: string): Span | undefined {
  const found = /^P(?:(\d+)D|(\d+)W|(\d+)M|T(\d+)H|T(\d+)M)$/.exec(iso);
  if (!found) return undefined;
  const at = found.slice(1).findIndex((part) => part !== undefined);
  const unit = (["days", "weeks", "months", "hours", "minutes"] as const)[at];
  return unit && { count: Number(found[at + 1]), unit };
}

export const writeSpan = ({ count, unit }: Span): string =>
  `${LETTERS[unit][0]}${Math.max(1, Math.round(count))}${LETTERS[unit][1]}`;
export const unitName = (unit: Unit, count: number): Text => NAMES[unit][count === 1 ? "one" : "many"];

/** A duration in words, in both languages. */
export function sayDuration(iso: string): Text {
  const span = readSpan(iso);
  if (!span) return { en: iso, "zh-CN": iso };
  const name = unitName(span.unit, span.count);
  return { en: `${span.count} ${name.en}`, "zh-CN": `${span.count} ${name["zh-CN"]}` };
}
