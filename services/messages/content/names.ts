import type { Text } from "@/core/text";
import { nearest } from "./nearest";

/** What `scopeOf` fills in. "any": what stands there is the event's or the answer's to say. */
const NAMES: Record<string, readonly string[] | "any"> = {
  member: [
    "id",
    "name",
    "phone",
    "email",
    "tier",
    "points",
    "birthday",
    "gender",
    "orders",
    "spent",
    "visits",
    "joined_at",
    "last_order_at",
    "last_visit_at",
    "tags",
    "attributes",
  ],
  event: "any",
  coupon: ["code", "name", "link", "expires_at"],
  coupons: "any",
  store: ["code", "name", "region"],
  merchant: ["name"],
  workspace: ["name"],
  links: ["unsubscribe", "survey", "surveys"],
  answer: "any",
  answers: "any",
  locale: "any",
};
const ROOTS = Object.keys(NAMES);

/** Why a path that a template reads, like ["member", "naem"], can never be filled in, and what may be meant; undefined = it can. */
export function sayUnknown([root, field]: readonly unknown[]): Text | undefined {
  if (typeof root !== "string") return undefined;
  const fields = Object.hasOwn(NAMES, root) ? NAMES[root] : undefined;
  if (fields === undefined) {
    const tail = typeof field === "string" ? `.${field}` : "";
    return says(`${root}${tail}`, meant(root, tail), ROOTS.join(", "));
  }
  if (fields === "any" || typeof field !== "string" || fields.includes(field)) return undefined;
  const [near] = nearest(field, fields);
  return says(`${root}.${field}`, near && `${root}.${near}`, fields.map((name) => `${root}.${name}`).join(", "));
}

/** `membr.name` is `member.name`; `tier` alone is `member.tier`. */
function meant(root: string, tail: string): string | undefined {
  const [near] = nearest(root, ROOTS);
  if (near) return near + tail;
  const owner = ROOTS.find((one) => NAMES[one] !== "any" && NAMES[one]?.includes(root));
  return owner && `${owner}.${root}`;
}

const says = (name: string, near: string | undefined, known: string): Text => ({
  en: `Nothing is called “${name}”: readers would see nothing there. ${near ? `Is “${near}” meant?` : `Known are ${known}.`}`,
  "zh-CN": `没有名为“${name}”的变量，收到的消息中此处将为空。${near ? `是否指“${near}”？` : `可用：${known}。`}`,
});
