import type { z } from "zod";
import en from "zod/v4/locales/en.js";
import zhCN from "zod/v4/locales/zh-CN.js";

const english = en().localeError;
const chinese = zhCN().localeError;

/** What our own schemas say, for readers of Chinese; what zod says by itself it also says in Chinese. */
const OWN: Record<string, string> = {
  "needs a value to compare with": "还缺少要比较的值",
  "choose an offer": "请选择优惠",
  "choose an event": "请选择事件",
  "choose a journey": "请选择旅程",
  "choose at least one weekday": "请至少选择一个星期几",
  "name the tag": "请填写标签",
  "name the case": "请填写分支名称",
  "name the variant": "请填写版本名称",
  "say why": "请填写原因",
  "needs at least one grant": "至少需要一项奖励",
  "needs at least one case": "至少需要一个分支",
  "needs at least two variants": "至少需要两个版本",
  "needs a variant with a share": "至少一个版本的占比要大于零",
  "needs at least one event": "至少需要一个事件",
  "needs at least one channel": "至少需要一个渠道",
  "needs at least one language": "至少需要一种语言",
  "two cases share an id": "两个分支的编号相同",
  "two variants share an id": "两个版本的编号相同",
  "two events share an id": "两个事件的编号相同",
  "two properties share a name": "两个属性重名",
  "a weekday stands twice": "同一个星期几出现了两次",
  "a channel stands twice": "同一个渠道出现了两次",
  "may not hold a NUL": "不能含有空字符",
  "letters, digits, - and _ only": "只能使用字母、数字、- 和 _",
  "a path like member.tier or event.amount": "应为 member.tier 或 event.amount 这样的路径",
  "an ISO 8601 duration of more than nothing and at most ten years, like P7D or PT10M":
    "应为大于零且不超过十年的 ISO 8601 时长，例如 P7D 或 PT10M",
  "no event is judged here; the one that began is entry.…": "此处没有要判断的事件；触发事件写作 entry.…",
  "one coupon a reward; use a second reward for another": "每个奖励只能含一张券；另一张券请再加一个奖励",
};

/** A schema's finding in Chinese; undefined where only its English is known. */
export function inChinese(issue: z.core.$ZodIssue): string | undefined {
  const own = OWN[issue.message];
  if (own) return own;
  // zod's own sentence, unless a schema gave one of its own.
  return said(english(issue as z.core.$ZodRawIssue)) === issue.message
    ? said(chinese(issue as z.core.$ZodRawIssue))
    : undefined;
}

const said = (told: string | { message: string } | null | undefined): string | undefined =>
  typeof told === "object" ? told?.message : told;
