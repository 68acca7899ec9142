import { CHANNELS } from "../message/channel";
import { PushSubscription } from "../message/channels/push";
import type { Text } from "../text";
import { type IdentityKind, normalIdentity } from "./identity";
import { MOST_ATTRIBUTES, readTraits, type TraitField, traitFieldOf } from "./traits";

/**
 * A part of an accepted event that did not become what its name promises, and what would have been right. `code` is for programs; absent =
 * `not_taken`.
 */
export type Untaken = { path: (string | number)[]; says: Text; code?: UntakenCode };
export const UNTAKEN_CODES = [
  "not_taken",
  "time_moved",
  "zone_assumed",
  "unknown_place",
  "duplicate_with_other_body",
  "order_counted",
  "contact_taken",
  "contact_silent",
  "not_joined",
] as const;
export type UntakenCode = (typeof UNTAKEN_CODES)[number];

/** Identities that a till or a mini-program sends as `context.externalIds: [{ type, id }]`. */
export const EXTERNAL = {
  phone: "phone",
  email: "email",
  card: "card",
  openid: "openid",
} as const satisfies Record<string, IdentityKind>;
export const MOST_EXTERNAL = 10;

/**
 * Of traits as `readContacts` leaves them, those that are kept as plain attributes at best: a phone that is none reaches nobody, a birthday
 * that cannot be read is never celebrated. `isTrusted`: sent by a server, which may set the tier.
 */
export function untakenTraits(
  traits: Record<string, unknown>,
  { isTrusted = true }: { isTrusted?: boolean } = {},
): Untaken[] {
  const found: Untaken[] = [];
  for (const [trait, value] of Object.entries(traits)) {
    if (value === null || value === undefined) continue;
    // `readContacts` has put aside what it could not read.
    const contact = /^invalid_(phone|email)$/.exec(trait)?.[1];
    if (contact === "phone" || contact === "email") found.push({ path: [contact], says: WANTED[contact] });
    if (trait === "consent") found.push(...untakenConsents(value));
    else if (trait === "push_subscription" && !PushSubscription.safeParse(value).success)
      found.push({ path: [trait], says: WANTED.push });
    const field = traitFieldOf(trait);
    if (field === undefined) continue;
    if (field === "tier" && !isTrusted) found.push({ path: [trait], says: WANTED.trust });
    else if (!(field in readTraits({ [trait]: value }).fields)) found.push({ path: [trait], says: WANTED[field] });
  }
  if (Object.keys(traits).length > MOST_ATTRIBUTES) found.push({ path: [], says: WANTED.fewer });
  return found;
}

/** The external ids that name nobody. */
export function untakenIds(ids: unknown, region?: string): Untaken[] {
  if (ids === undefined || ids === null) return [];
  if (!Array.isArray(ids)) return [{ path: [], says: WANTED.ids }];
  return ids.flatMap((one: unknown, i): Untaken[] => {
    const { type, id } = typeof one === "object" && one !== null ? { type: undefined, id: undefined, ...one } : {};
    const kind =
      typeof type === "string" && Object.hasOwn(EXTERNAL, type) ? EXTERNAL[type as keyof typeof EXTERNAL] : undefined;
    if (i >= MOST_EXTERNAL || kind === undefined) return [{ path: [i], says: WANTED.ids }];
    const isRead = (typeof id === "string" || isExact(id)) && normalIdentity(kind, String(id), region);
    return isRead ? [] : [{ path: [i, "id"], says: kind === "phone" || kind === "email" ? WANTED[kind] : WANTED.id }];
  });
}

/** Whether a JSON number is what its sender wrote: beyond 2^53 digits are lost, and two people would become one. */
export const isExact = (value: unknown): value is number => Number.isSafeInteger(value);

function untakenConsents(consent: unknown): Untaken[] {
  if (typeof consent !== "object" || consent === null || Array.isArray(consent))
    return [{ path: ["consent"], says: WANTED.consent }];
  return Object.entries(consent).flatMap(([channel, said]): Untaken[] => {
    const isKnown = CHANNELS.some((known) => known === channel);
    const isSaid =
      typeof said === "boolean" ||
      (typeof said === "object" &&
        said !== null &&
        Object.entries(said).every(
          ([purpose, is]) => (purpose === "marketing" || purpose === "service") && typeof is === "boolean",
        ));
    return isKnown && isSaid ? [] : [{ path: ["consent", channel], says: WANTED.consent }];
  });
}

const said = (en: string, zh: string): Text => ({ en: `not taken: ${en}`, "zh-CN": `未采用：${zh}` });
const shortText = said("should be a text of at most 200 characters", "应为不超过 200 个字符的文本");
const WANTED = {
  phone: said(
    "should be a phone number, with its country code where it is not of this country, like +8613800138000",
    "应为手机号，非本国号码请带国家代码，例如 +8613800138000",
  ),
  email: said("should be an email address", "应为邮箱地址"),
  birthday: said("should be a date like 1990-12-31", "应为日期，例如 1990-12-31"),
  name: said(
    "should be a text of at most 200 characters, without a web address",
    "应为不超过 200 个字符的文本，且不含网址",
  ),
  gender: shortText,
  locale: shortText,
  timeZone: said("should be a time zone like Asia/Shanghai", "应为时区，例如 Asia/Shanghai"),
  tier: said("should be a tier's id: letters, digits, - and _", "应为等级编号：字母、数字、- 和 _"),
  trust: said("only a server's write key sets the tier", "只有服务器写入密钥可以设置等级"),
  joinedAt: said("should be an instant like 2026-11-22T08:00:00Z", "应为时刻，例如 2026-11-22T08:00:00Z"),
  consent: said(
    `should be true or false for a channel (${CHANNELS.join(", ")}), or for its marketing and service`,
    `应按渠道（${CHANNELS.join("、")}）填写 true 或 false，或分别填写 marketing 与 service`,
  ),
  push: said("should be a push subscription as the browser gives it", "应为浏览器给出的推送订阅"),
  fewer: said(`at most ${MOST_ATTRIBUTES} attributes`, `最多 ${MOST_ATTRIBUTES} 个属性`),
  ids: said(
    `should be a list of at most ${MOST_EXTERNAL} { type, id }, with a type of ${Object.keys(EXTERNAL).join(", ")}`,
    `应为最多 ${MOST_EXTERNAL} 个 { type, id } 的列表，type 为 ${Object.keys(EXTERNAL).join("、")}`,
  ),
  id: said("should be a text, or a whole number that is exact", "应为文本，或可精确表示的整数"),
} satisfies Record<TraitField | string, Text>;

/** The event's instant is not the one its timestamp says. */
export const TIME_MOVED: Untaken = {
  path: ["timestamp"],
  code: "time_moved",
  says: said(
    "should not lie in the future, nor before 1970-01-02; the event counts from when we heard of it, or from that day",
    "不应晚于当前时间，也不应早于 1970-01-02；此事件按收到的时间或该日期计",
  ),
};

/** The event's timestamp is a time of day somewhere, and nobody says where. */
export const ZONE_ASSUMED: Untaken = {
  path: ["timestamp"],
  code: "zone_assumed",
  says: {
    en: "read as UTC: a timestamp should name its time zone, like 2026-11-22T16:00:00+08:00 or 2026-11-22T08:00:00Z",
    "zh-CN": "已按 UTC 解读：时间戳应注明时区，例如 2026-11-22T16:00:00+08:00 或 2026-11-22T08:00:00Z",
  },
};

/** What was found of a timestamp. */
export const ofTime = ({ isMoved, hasZone }: { isMoved: boolean; hasZone: boolean }): Untaken[] => [
  ...(isMoved ? [TIME_MOVED] : []),
  ...(hasZone ? [] : [ZONE_ASSUMED]),
];

/** A store or merchant that the workspace does not have. */
export const UNKNOWN_PLACE = (property: "store" | "merchant"): Untaken => ({
  path: ["properties", property],
  code: "unknown_place",
  says:
    property === "store"
      ? said("no store has this code or id; it stays a text", "没有门店使用此编号；仅按文本保留")
      : said("no merchant has this code or id; it stays a text", "没有商户使用此编号；仅按文本保留"),
});

/** What an event's context keeps of the door's words that nothing else of the event can tell again. */
export const WARNED = "warned";

/** A payment of an order that an earlier event told of. */
export const ORDER_COUNTED: Untaken = {
  path: ["properties", "order_id"],
  code: "order_counted",
  says: {
    en: "not counted again: an order of this number was counted already; a correction is a refund, and another order needs another number",
    "zh-CN": "未重复计入：此订单号已计入过；更正请发送退款，另一笔订单请使用不同的订单号",
  },
};

/** Another event came under this messageId before. */
export const OTHER_BODY: Untaken = {
  path: ["messageId"],
  code: "duplicate_with_other_body",
  says: said(
    "another event came under this messageId before; this one is kept as a dead letter",
    "此 messageId 先前已用于另一事件；本事件保存在死信中",
  ),
};
