import { reasonWords } from "../message/reason-words";
import type { Text } from "../text";
import { amountWanted } from "./amount-words";
import { eventKind } from "./catalogue";

export const CAUSES = [
  "missing_property",
  "wrong_property",
  "inexact_amount",
  "wrong_currency",
  "reserved_name",
  "only_ours",
  "message_id_reused",
  "not_storable",
  "not_judged",
  "send_refused",
  "send_expired",
  "send_undelivered",
  "send_unwritten",
] as const;
export type CauseCode = (typeof CAUSES)[number];

/** Why a message did not arrive, where the fault is ours or a provider's. */
export type SendCause = Extract<CauseCode, `send_${string}`>;

/**
 * Why an event could not be used, or a message did not arrive, apart from any language. `facts`: its `event`, the `path` of the property within it by the sender's words, our
 * own name of the `property` where that is another, what was `wanted` there (with the `options`), the workspace's `currency`, and of a failure of our own or a provider's its `detail`: what Postgres or our own code said goes beside the sentence, as its words are for who runs the system.
 */
export type Cause = { code: CauseCode; facts: Record<string, string> };

const WANTED = {
  text: { en: "should be a text", "zh-CN": "应为文本" },
  money: {
    en: "should be a whole number in minor units (fen, cents)",
    "zh-CN": "应为以最小货币单位（分）表示的整数",
  },
  unsigned: { en: "should not be negative", "zh-CN": "不应为负数" },
  smaller: { en: "is too large", "zh-CN": "过大" },
  // Of letters from before the two were told apart.
  bounds: { en: "is too large, or negative", "zh-CN": "过大，或为负数" },
  shorter: { en: "is too long", "zh-CN": "过长" },
  instant: { en: "should be an instant like 2026-11-22T08:00:00Z", "zh-CN": "应为时刻，例如 2026-11-22T08:00:00Z" },
  count: { en: "should be a whole number", "zh-CN": "应为整数" },
  number: { en: "should be a number", "zh-CN": "应为数字" },
  boolean: { en: "should be true or false", "zh-CN": "应为 true 或 false" },
  date: { en: "should be a date like 2026-11-22", "zh-CN": "应为日期，例如 2026-11-22" },
  list: { en: "should be a list of texts", "zh-CN": "应为文本列表" },
  items: { en: "should be a list of items", "zh-CN": "应为商品列表" },
  other: { en: "is not as the catalogue has it", "zh-CN": "与事件目录不符" },
} satisfies Record<string, Text>;
type Wanted = keyof typeof WANTED;
const isWanted = (text: string | undefined): text is Wanted => text !== undefined && Object.hasOwn(WANTED, text);

const BY_TASK: Text = {
  en: ": answer the task, by POST /api/v1/tasks/{id}/complete or /decide",
  "zh-CN": "：请通过 POST /api/v1/tasks/{id}/complete 或 /decide 处理待办",
};
const BY_TAG: Text = {
  en: ": change the member's tags, by POST or DELETE /api/v1/members/{id}/tags",
  "zh-CN": "：请通过 POST 或 DELETE /api/v1/members/{id}/tags 更改会员标签",
};
const BY_ITSELF: Text = {
  en: ": it follows from what is known of the member",
  "zh-CN": "：它由会员的已有信息自动得出",
};
const BY_RECEIVER: Text = {
  en: ": the webhook's receiver answers the call itself",
  "zh-CN": "：请由 Webhook 接收方直接应答调用",
};
const NOTHING_INSTEAD: Text = { en: "", "zh-CN": "" };
/** How that is brought about which an event of such a name would only claim. */
const INSTEAD: Record<string, Text> = {
  attribute_changed: {
    en: ": send identify with the attribute as a trait",
    "zh-CN": "：请发送 identify，并把属性放在 traits 中",
  },
  tag_added: BY_TAG,
  tag_removed: BY_TAG,
  segment_entered: BY_ITSELF,
  segment_left: BY_ITSELF,
  task_completed: BY_TASK,
  approval_decided: BY_TASK,
  webhook_done: BY_RECEIVER,
  webhook_failed: BY_RECEIVER,
};

const OF_ITEM: Record<string, Wanted> = { price: "money", amount: "money", quantity: "number" };

/** What the catalogue wanted at a place in an event's properties; `issue`: zod's code of what it found. */
export function wantedOf(
  event: string,
  path: readonly (string | number)[],
  issue: string | undefined,
): { wanted: string; options?: string } {
  const [first, place, field] = path;
  const property = eventKind(event)?.properties[String(first)];
  if (!property) return { wanted: "other" };
  const type: Wanted =
    typeof place !== "number"
      ? property.type
      : property.type === "items" && field !== undefined
        ? (OF_ITEM[String(field)] ?? "text")
        : "text";
  if (issue === "too_small" || issue === "too_big") {
    if (type !== "money" && type !== "number" && type !== "count") return { wanted: "shorter" };
    // An amount alone has its direction in the event's name; what else is too small is a large number below zero.
    return { wanted: issue === "too_small" && first === "amount" ? "unsigned" : "smaller" };
  }
  return { wanted: type, ...(type === property.type && property.options && { options: property.options.join(", ") }) };
}

/** What the sender wrote down, as the end of a sentence: our own reasons in the reader's words, a provider's as they are. */
const clause = (detail: string, locale: keyof Text): string =>
  (reasonWords(detail, locale) ?? detail).replace(/[.。]$/, "");

/** The cause as a sentence, with the event and the property as the reader knows them. */
export function sayCause({ code, facts }: Cause): Text {
  const event = named(eventKind(facts.event ?? "")?.name, facts.event);
  const ours = facts.property ?? facts.path?.split(".")[0] ?? "";
  const property = named(eventKind(facts.event ?? "")?.properties[ours]?.name, facts.path);
  const detail = facts.detail ?? "";
  const told: Text = { en: clause(detail, "en"), "zh-CN": clause(detail, "zh-CN") };
  switch (code) {
    case "missing_property":
      return {
        en: `${event.en} needs ${property.en}`,
        "zh-CN": `${event["zh-CN"]}缺少${property["zh-CN"]}`,
      };
    case "wrong_property": {
      const wanted = facts.options
        ? { en: `should be one of ${facts.options}`, "zh-CN": `应为以下之一：${facts.options.replaceAll(", ", "、")}` }
        : WANTED[isWanted(facts.wanted) ? facts.wanted : "other"];
      return { en: `${property.en} ${wanted.en}`, "zh-CN": `${property["zh-CN"]}${wanted["zh-CN"]}` };
    }
    case "inexact_amount": {
      const wanted = amountWanted(facts.currency ?? "");
      return { en: `${property.en} ${wanted.en}`, "zh-CN": `${property["zh-CN"]}${wanted["zh-CN"]}` };
    }
    case "wrong_currency":
      return {
        en: `its currency is another: this workspace counts in ${facts.currency}`,
        "zh-CN": `币种不符：本工作区以 ${facts.currency} 计`,
      };
    case "reserved_name":
      return {
        en: `${event.en} is told by our own ledgers; only a server's write key may send it`,
        "zh-CN": `${event["zh-CN"]}由系统账本产生，只有服务器写入密钥可以发送`,
      };
    case "only_ours": {
      const instead = INSTEAD[facts.event ?? ""] ?? NOTHING_INSTEAD;
      return {
        en: `${event.en} says what we ourselves did, and nobody else may send it${instead.en}`,
        "zh-CN": `${event["zh-CN"]}只由系统自身产生，不接受外部发送${instead["zh-CN"]}`,
      };
    }
    case "message_id_reused":
      return {
        en: "its message id came before with another content",
        "zh-CN": "该消息 ID 此前已用于其他内容",
      };
    case "not_storable":
      return {
        en: "one of its values could not be stored: correct the event and send it again",
        "zh-CN": "其中有值无法存储：请更正事件后重新发送",
      };
    case "not_judged":
      return {
        en: "an error came up over it, so no journey acted on it: judge it again, and if it comes back, tell who runs the system",
        "zh-CN": "处理该事件时出错，没有任何旅程对其作出反应：请重新判断；如再次出现，请告知系统维护人员",
      };
    case "send_refused":
      return { en: `the provider refused it for good: ${told.en}`, "zh-CN": `服务商明确拒绝：${told["zh-CN"]}` };
    case "send_expired":
      // The provider's last word, where it had one; our own marks say no more than the sentence.
      return detail === "expired" || detail === "not_begun"
        ? { en: "it could not be handed over before its time was over", "zh-CN": "在有效期内未能交给服务商" }
        : {
            en: `it could not be handed over before its time was over: ${told.en}`,
            "zh-CN": `在有效期内未能交给服务商：${told["zh-CN"]}`,
          };
    case "send_undelivered":
      if (detail === "never_arrived") return { en: "it never arrived at the provider", "zh-CN": "消息未到达服务商" };
      return {
        en: `the provider took it and could not deliver it: ${told.en}`,
        "zh-CN": `服务商已接收但未能送达：${told["zh-CN"]}`,
      };
    case "send_unwritten":
      return { en: `its words could not be made: ${told.en}`, "zh-CN": `无法生成消息内容：${told["zh-CN"]}` };
    default:
      return code satisfies never;
  }
}

/** What each cause is called where one looks for letters of it. */
export const causeNames = {
  missing_property: { en: "A property is missing", "zh-CN": "缺少属性" },
  wrong_property: { en: "A property is wrong", "zh-CN": "属性有误" },
  inexact_amount: { en: "An amount is not exact", "zh-CN": "金额不精确" },
  wrong_currency: { en: "Another currency", "zh-CN": "币种不符" },
  reserved_name: { en: "A name of our own ledgers", "zh-CN": "系统保留名称" },
  only_ours: { en: "A name that only we tell", "zh-CN": "仅系统自身可用的名称" },
  message_id_reused: { en: "Message id used before", "zh-CN": "消息 ID 重复" },
  not_storable: { en: "Could not be stored", "zh-CN": "无法存储" },
  not_judged: { en: "Could not be judged", "zh-CN": "无法判断" },
  send_refused: { en: "Message: provider refused", "zh-CN": "消息：服务商拒绝" },
  send_expired: { en: "Message: expired unsent", "zh-CN": "消息：过期未发出" },
  send_undelivered: { en: "Message: not delivered", "zh-CN": "消息：未能送达" },
  send_unwritten: { en: "Message: words failed", "zh-CN": "消息：内容无法生成" },
} satisfies Record<CauseCode, Text>;

/** `Amount (amount)`: as people call it, with the name that programs use. */
function named(name: Text | undefined, stable: string | undefined): Text {
  const own = stable ?? "";
  if (!name) return { en: `“${own}”`, "zh-CN": `“${own}”` };
  return { en: `${name.en} (${own})`, "zh-CN": `${name["zh-CN"]}（${own}）` };
}
