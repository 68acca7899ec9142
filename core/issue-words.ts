import type { z } from "zod";

type Words = { message: string; chinese?: string };

/** What our own schemas say, for readers of Chinese. */
const OWN: Record<string, string> = {
  "choose an offer": "请选择优惠",
  "choose an event": "请选择事件",
  "choose a journey": "请选择旅程",
  "choose at least one weekday": "请至少选择一个星期几",
  "name the tag": "请填写标签",
  "name the event": "请填写事件名称",
  "name the attribute": "请填写属性名称",
  "name the way": "请填写分支名称",
  "name the variant": "请填写版本名称",
  "say why": "请填写原因",
  "say how many points": "请填写积分数",
  "needs at least one way": "至少需要一个分支",
  "needs at least two variants": "至少需要两个版本",
  "needs a variant with a share": "至少一个版本的占比要大于零",
  "needs at least one thing to wait for": "至少需要一件要等待的事",
  "needs at least one channel": "至少需要一个渠道",
  "needs a name in one language at least": "至少需要一种语言的名称",
  "needs at least one language": "至少需要一种语言",
  "two ways share an id": "两个分支的编号相同",
  "two variants share an id": "两个版本的编号相同",
  "two properties share a name": "两个属性重名",
  "a time of day like 09:30": "应为时刻，例如 09:30",
  "a weekday stands twice": "同一个星期几出现了两次",
  "a channel stands twice": "同一个渠道出现了两次",
  "may not hold a NUL": "不能含有空字符",
  "small letters, digits and _ only, a letter first, at most 32":
    "只能使用小写字母、数字和 _，以字母开头，最多 32 个字符",
  "small letters, digits and _ only, a letter first, at most 60":
    "只能使用小写字母、数字和 _，以字母开头，最多 60 个字符",
  "small letters, digits and _ only, a letter first, at most 80":
    "只能使用小写字母、数字和 _，以字母开头，最多 80 个字符",
  "small letters, digits, - and _ only": "只能使用小写字母、数字、- 和 _",
  "letters, digits, spaces, - and _, at most 40 characters": "只能使用字母、数字、空格、- 和 _，最多 40 个字符",
  "choose a tier: letters, digits, - and _ only": "请选择等级：只能使用字母、数字、- 和 _",
  "should be a time like 21:00": "应为时刻，例如 21:00",
  "a day that the calendar has and a time, like 2026-12-01T10:00": "应为日历上存在的日期和时刻，例如 2026-12-01T10:00",
  "a property like amount, or a path like items.sku": "应为 amount 这样的属性，或 items.sku 这样的路径",
  "a header's name, like X-Api-Key": "应为请求头名称，例如 X-Api-Key",
  "an address like https://crm.example.com/hook; values may stand behind the host only":
    "应为网址，例如 https://crm.example.com/hook；变量只能出现在主机名之后",
  "letters, digits, - and _ only": "只能使用字母、数字、- 和 _",
  "a path like member.tier or event.amount": "应为 member.tier 或 event.amount 这样的路径",
  "an ISO 8601 duration of more than nothing and at most ten years, like P7D or PT10M":
    "应为大于零且不超过十年的 ISO 8601 时长，例如 P7D 或 PT10M",
  "no event is judged here; the one that began is entry.…": "此处没有要判断的事件；触发事件写作 entry.…",
  "no cursor of ours: give the page before's next, unchanged": "不是本系统的游标：请原样传回上一页的 next",
  "adds nothing": "没有增加任何内容",
  "choose a name of your own: this one is told by senders and ledgers only": "请另取名称：此名称只由发送方和账本使用",
  "a date of the member, like member.birthday": "会员的日期字段，例如 member.birthday",
  "five fields like 0 10 * * 1: minute, hour, day, month, weekday": "五个字段，例如 0 10 * * 1：分、时、日、月、星期",
  "“otherwise” is the port of those whom no other way takes": "“otherwise”是不符合任何分支者的出口",
  "“timeout” is the port of those for whom none happens": "“timeout”是均未发生者的出口",
  "“timeout” is the port of tasks that nobody closed": "“timeout”是无人处理的待办的出口",
  "two headers share a name": "两个请求头重名",
  "two outcomes share an id": "两个结果的编号相同",
  "two options share an id": "两个选项的编号相同",
  "two questions share an id": "两个问题的编号相同",
  "needs a text in one language at least": "至少需要一种语言的文字",
  "should be less than the best score": "应小于最高分",
  "an address like https://crm.example.com/hook": "网址，例如 https://crm.example.com/hook",
  "this header is set by us": "此请求头由系统设置",
  "a day, written YYYY-MM-DD": "日期，格式为 YYYY-MM-DD",
  "the first day is after the last": "起始日晚于截止日",
  "should end at another time than it begins": "开始与结束时间不能相同",
  "at most 50 categories": "最多 50 个类别",
  "at most 32 KB": "最多 32 KB",
  "should not have the form of an id": "不应采用编号（UUID）的形式",
  "should be a time zone like Asia/Shanghai": "应为时区，例如 Asia/Shanghai",
  "should be an ISO 8601 instant, like 2026-11-22T08:00:00Z": "应为 ISO 8601 时刻，例如 2026-11-22T08:00:00Z",
  "give a coupon's code, or a member": "请给出优惠券码或会员",
  'should be a name of 1 to 120 characters, or one per language, like {"en": "20 off", "zh-CN": "立减20元"}':
    '应为 1 到 120 个字符的名称，或每种语言一个，例如 {"en": "20 off", "zh-CN": "立减20元"}',
  'should be a text of at most 500 characters, or one per language, like {"en": "Dine in only", "zh-CN": "仅限堂食"}':
    '应为不超过 500 个字符的文本，或每种语言一段，例如 {"en": "Dine in only", "zh-CN": "仅限堂食"}',
  "give a rule, or a segment": "请给出规则或分群",
  "should be a version's number, or draft": "应为版本号，或 draft",
};

/** What a schema found, in our words. A schema's own sentence stays; what zod would say by itself is said so that a caller knows what is right. */
export function wordsOf(issue: z.core.$ZodIssue): Words {
  const own =
    issue.code === "custom" && typeof issue.params?.chinese === "string" ? issue.params.chinese : OWN[issue.message];
  if (own !== undefined) return { message: issue.message, chinese: own };
  const [english, chinese] = ours(issue);
  if (isOfZod(issue)) return { message: english, chinese };
  const isAbout = issue.code !== "custom" && issue.code !== "invalid_union";
  return { message: issue.message, ...(isAbout && { chinese }) };
}

/** Whether the sentence is the library's own, not one of a schema's. */
export const isOfZod = ({ message }: Pick<z.core.$ZodIssue, "message">): boolean =>
  /^(Invalid|Too (big|small)|Unrecognized key)/.test(message);

function ours(issue: z.core.$ZodIssue): [string, string] {
  switch (issue.code) {
    case "invalid_type": {
      const [en, zh] = TYPES[issue.expected] ?? [`a ${issue.expected}`, issue.expected];
      const received = /received (\w+)$/.exec(issue.message)?.[1] ?? "";
      if (received === "undefined") return [`is missing: should be ${en}`, `缺少此项：应为${zh}`];
      const got = issue.expected === "int" && received === "number" ? undefined : TYPES[received];
      return got && received !== issue.expected
        ? [`should be ${en}, not ${got[0]}`, `应为${zh}，而不是${got[1]}`]
        : [`should be ${en}`, `应为${zh}`];
    }
    case "too_big":
      return bound(issue.origin, "at most", "最多", issue.maximum, issue.inclusive);
    case "too_small":
      if (issue.origin === "string" && Number(issue.minimum) === 1) return ["should not be empty", "不能为空"];
      return bound(issue.origin, "at least", "至少", issue.minimum, issue.inclusive);
    case "invalid_format":
      return FORMATS[issue.format] ?? [`should be a ${issue.format}`, `应为 ${issue.format} 格式`];
    case "invalid_value":
      if (issue.values.length === 1 && issue.values[0] === "")
        return ["should be given, if only as an empty text", "应给出，可为空文本"];
      return oneOf(issue.values.map(String));
    case "invalid_union":
      return "options" in issue && Array.isArray(issue.options)
        ? oneOf(issue.options.filter((option) => option !== undefined).map(String))
        : UNFIT;
    case "unrecognized_keys":
      return ["is not known here", "此处没有这一项"];
    case "not_multiple_of":
      return [`should be a multiple of ${issue.divisor}`, `应为 ${issue.divisor} 的倍数`];
    case "invalid_key":
      return ["has a name that is not allowed here", "名称不符合要求"];
    default:
      return UNFIT;
  }
}

const UNFIT: [string, string] = ["does not have the right form", "格式不正确"];
const oneOf = (values: string[]): [string, string] =>
  values.length === 1
    ? [`should be ${values[0]}`, `应为 ${values[0]}`]
    : [`should be one of ${values.join(", ")}`, `应为以下之一：${values.join("、")}`];

const TYPES: Record<string, [string, string]> = {
  string: ["a text", "文本"],
  number: ["a number", "数字"],
  int: ["a whole number", "整数"],
  boolean: ["true or false", " true 或 false"],
  array: ["a list", "列表"],
  tuple: ["a list", "列表"],
  object: ["an object", "对象"],
  record: ["an object", "对象"],
  date: ["an instant like 2026-11-22T08:00:00Z", "时刻，例如 2026-11-22T08:00:00Z"],
  null: ["null", " null"],
  NaN: ["something else", "其他内容"],
};

const FORMATS: Record<string, [string, string]> = {
  uuid: [
    "should be an id like 0190a000-0000-7000-8000-000000000001",
    "应为编号，例如 0190a000-0000-7000-8000-000000000001",
  ],
  email: ["should be an email address", "应为邮箱地址"],
  url: ["should be an address like https://example.com", "应为网址，例如 https://example.com"],
  date: ["should be a date like 2026-11-22", "应为日期，例如 2026-11-22"],
  datetime: ["should be an instant like 2026-11-22T08:00:00Z", "应为时刻，例如 2026-11-22T08:00:00Z"],
};

/** A limit in the unit of what it limits: characters of a text, entries of a list, else the value itself. */
function bound(origin: string, en: string, zh: string, limit: number | bigint, inclusive = true): [string, string] {
  switch (origin) {
    case "string":
      return [`should be ${en} ${limit} characters`, `${zh} ${limit} 个字符`];
    case "array":
    case "set":
      return [`should hold ${en} ${limit}`, `${zh} ${limit} 项`];
    default:
      if (inclusive) return [`should be ${en} ${limit}`, `${zh === "最多" ? "不能大于" : "不能小于"} ${limit}`];
      return en === "at most"
        ? [`should be less than ${limit}`, `应小于 ${limit}`]
        : [`should be more than ${limit}`, `应大于 ${limit}`];
  }
}
