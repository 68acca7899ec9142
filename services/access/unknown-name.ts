import { type Outcome, refuse } from "@/core/refusals";

/** Refuses a name that a request has and nothing takes: a misspelt filter would list, or hand out, everything. */
export function unknownName(
  name: string,
  known: readonly string[],
  { en, "zh-CN": zh }: { en: string; "zh-CN": string },
): Outcome<never> {
  return refuse(
    "invalid",
    {
      en: `there is no ${en} “${name}” here; ${known.length > 0 ? `known: ${known.join(", ")}` : "none is known"}`,
      "zh-CN": `此处没有${zh}“${name}”；${known.length > 0 ? `可用：${known.join("、")}` : "不接受任何参数"}`,
    },
    [name],
  );
}
export const QUERY_PARAMETER = { en: "query parameter", "zh-CN": "查询参数" };
export const FIELD = { en: "field", "zh-CN": "字段" };
