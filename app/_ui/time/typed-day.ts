import { isDay } from "@/core/time/day";

/**
 * The day that somebody typed, YYYY-MM-DD: as 2026-3-5, 2026/3/5, 2026.3.5, 20260305 or 2026年3月5日. Null while it is none yet, so that no
 * digit on the way to it is taken for a day.
 */
export function typedDay(text: string): string | null {
  const [, year, month, day] = WAYS.map((way) => way.exec(text.trim())).find((found) => found !== null) ?? [];
  if (!year || !month || !day) return null;
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(written) ? written : null;
}

const WAYS = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/u,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/u,
  /^(\d{4})(\d{2})(\d{2})$/u,
];
