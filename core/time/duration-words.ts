import type { Locale, Text } from "../text";

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
const NAMES: Record<Unit | "years" | "seconds", { one: Text; many: Text }> = {
  years: { one: { en: "year", "zh-CN": "年" }, many: { en: "years", "zh-CN": "年" } },
  seconds: { one: { en: "second", "zh-CN": "秒" }, many: { en: "seconds", "zh-CN": "秒" } },
  minutes: { one: { en: "minute", "zh-CN": "分钟" }, many: { en: "minutes", "zh-CN": "分钟" } },
  hours: { one: { en: "hour", "zh-CN": "小时" }, many: { en: "hours", "zh-CN": "小时" } },
  days: { one: { en: "day", "zh-CN": "天" }, many: { en: "days", "zh-CN": "天" } },
  weeks: { one: { en: "week", "zh-CN": "周" }, many: { en: "weeks", "zh-CN": "周" } },
  months: { one: { en: "month", "zh-CN": "个月" }, many: { en: "months", "zh-CN": "个月" } },
};

/** Reads an ISO 8601 duration of one unit; a mixed one (P1DT12H) is undefined: it is edited as it is written. */
export function readSpan(iso: string): Span | undefined {
  const found = /^P(?:(\d+)D|(\d+)W|(\d+)M|T(\d+)H|T(\d+)M)$/.exec(iso);
  if (!found) return undefined;
  const at = found.slice(1).findIndex((part) => part !== undefined);
  const unit = (["days", "weeks", "months", "hours", "minutes"] as const)[at];
  return unit && { count: Number(found[at + 1]), unit };
}

export const writeSpan = ({ count, unit }: Span): string =>
  `${LETTERS[unit][0]}${Math.max(1, Math.round(count))}${LETTERS[unit][1]}`;
export const unitName = (unit: keyof typeof NAMES, count: number): Text => NAMES[unit][count === 1 ? "one" : "many"];

/** A duration of any units in words, in both languages: "1 day 12 hours". What is no duration stays as it is written. */
export function sayDuration(iso: string): Text {
  const found = MIXED.exec(iso)?.slice(1) ?? [];
  const parts = IN_ORDER.flatMap((unit, i) => {
    const count = Number(found[i]?.replace(",", "."));
    return count ? [{ count, name: unitName(unit, count) }] : [];
  });
  const say = (locale: Locale) => parts.map(({ count, name }) => `${count} ${name[locale]}`).join(" ") || iso;
  return { en: say("en"), "zh-CN": say("zh-CN") };
}

/** How long something took (milliseconds), in its two largest units: "2 days 3 hours". */
export function sayElapsed(ms: number): Text {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return { en: "less than a second", "zh-CN": "不到 1 秒" };
  let left = seconds;
  const parts = ELAPSED.map(([unit, length]) => {
    const count = Math.floor(left / length);
    left -= count * length;
    return { unit, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  const said = parts.slice(first, first + 2).filter(({ count }) => count > 0);
  const say = (locale: Locale) => said.map(({ unit, count }) => `${count} ${unitName(unit, count)[locale]}`).join(" ");
  return { en: say("en"), "zh-CN": say("zh-CN") };
}

const ELAPSED = [
  ["days", 86_400],
  ["hours", 3600],
  ["minutes", 60],
  ["seconds", 1],
] as const;
const IN_ORDER = ["years", "months", "weeks", "days", "hours", "minutes", "seconds"] as const;
const COUNT = "(?:([0-9]+(?:[.,][0-9]+)?)";
const MIXED = new RegExp(
  `^P${["Y", "M", "W", "D"].map((letter) => `${COUNT}${letter})?`).join("")}(?:T${["H", "M", "S"].map((letter) => `${COUNT}${letter})?`).join("")})?$`,
);
