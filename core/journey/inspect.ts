import { issuesOf } from "../issues";
import { unstorable } from "../storable";
import { JourneyDocument } from "./document";
import type { Problem } from "./problem";
import { type Context, problems } from "./problems";

/** What anyone hands in as a journey: the document if its shape is right, and everything that is wrong with it. */
export function inspect(input: unknown, context: Context = {}): { document?: JourneyDocument; problems: Problem[] } {
  const bad = unstorable(input);
  if (bad) return { problems: [misshapen(bad.path, bad.says)] };
  const parsed = JourneyDocument.safeParse(input);
  if (!parsed.success)
    return {
      problems: issuesOf(parsed.error.issues).map(({ path, message, chinese }) => misshapen(path, message, chinese)),
    };
  return { document: parsed.data, problems: problems(parsed.data, context) };
}

const misshapen = (path: (string | number)[], says: string, chinese = says): Problem => ({
  code: "document_invalid",
  severity: "error",
  path,
  says: { en: `${path.join(".") || "The document"}: ${says}`, "zh-CN": `${path.join(".") || "文档"} 有误：${chinese}` },
});
