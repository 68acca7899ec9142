import { z } from "zod";
import { fieldsOf } from "@/core/journey/field";
import type { Problem } from "@/core/journey/problem";
import type { Locale } from "@/core/text";
import { kindOf } from "../kinds";

const NONE = z.object({});

/** What the schemas say in English, for readers of Chinese; a finding not listed here says which field it is about. */
const CHINESE: Record<string, string> = {
  "needs a value to compare with": "还缺少要比较的值",
  "choose an offer": "请选择优惠",
  "choose an event": "请选择事件",
  "name the tag": "请填写标签",
  "name the case": "请填写分支名称",
  "needs at least one grant": "至少需要一项奖励",
  "needs at least one case": "至少需要一个分支",
  "needs at least one language": "至少需要一种语言",
  "two cases share an id": "两个分支的编号相同",
  "one coupon a reward; use a second reward for another": "每个奖励只能含一张券；另一张券请再加一个奖励",
};

/** A finding for people: what a schema found is told by the field's own label instead of its path in the document. */
export function sayProblem({ code, says, path = [] }: Problem, kind: string | undefined, locale: Locale): string {
  if (code !== "config_invalid") return says[locale];
  const field = fieldsOf(kindOf(kind ?? "")?.config ?? NONE).find(({ name }) => name === path[0])?.meta.label[locale];
  const found = says.en.startsWith(`${path.join(".")}: `) ? says.en.slice(path.join(".").length + 2) : says.en;
  const message = locale === "en" ? found : (CHINESE[found] ?? (field ? "请填写完整" : says["zh-CN"]));
  return field ? `${field}${locale === "en" ? ": " : "："}${message}` : message;
}
