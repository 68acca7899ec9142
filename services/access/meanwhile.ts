import { canonical } from "@/core/hash";
import { type Refused, refuse } from "@/core/refusals";

/**
 * Refuses a change whose maker saw something else than what is stored. `was`: the fields that are changed, as they saw them; `stored`: as they
 * are, read under the row's lock. A field that somebody else has given the new value already is no conflict.
 */
export function changedMeanwhile<T extends object>(
  was: Partial<T> | undefined,
  stored: T,
  changes: Partial<T>,
): Refused | undefined {
  const same = (a: unknown, b: unknown) => canonical(a ?? null) === canonical(b ?? null);
  for (const field of Object.keys(was ?? {}) as (keyof T & string)[]) {
    if (changes[field] === undefined || same(was?.[field], stored[field]) || same(changes[field], stored[field]))
      continue;
    return refuse(
      "conflict",
      {
        en: `somebody else has changed ${field} meanwhile: look at what is stored now, then send this again with that in was, or leave it`,
        "zh-CN": `${field} 已被其他人修改：请先查看当前内容，再在 was 中写明当前值重新提交，或放弃修改`,
      },
      ["was", field],
    );
  }
  return undefined;
}
