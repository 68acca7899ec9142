import type { Cpu } from "./installation";

/** Who spent how many microseconds of processor time on each of `count`; a role that was not there before is counted with its start. */
export function spent(before: Cpu, after: Cpu, count: number): string {
  const each = Object.entries(after).map(
    ([who, seconds]) => [who, ((seconds - (before[who] ?? 0)) / count) * 1e6] as const,
  );
  const parts = each.flatMap(([who, micros]) => (micros >= 0.5 ? [`${who} ${micros.toFixed(0)}`] : []));
  return `${parts.join(", ")}; together ${each.reduce((sum, [, micros]) => sum + micros, 0).toFixed(0)} µs`;
}
