import type { RunVars } from "@/core/rules/facts";
import type { Text } from "@/core/text";
import type { Actor } from "../access/actor";
import { can, type Permission } from "../access/may";

/** The permissions that a reader of runs lacks for what runs tell of members and of their coupons' codes. */
export type Veil = ReadonlySet<Permission>;
export const veilOf = (actor: Actor): Veil =>
  new Set((["member.read", "coupon.read"] as const).filter((permission) => !can(actor, permission)));

/** Instead of a coupon's code, for who may not read coupons. */
const NO_CODE = "••••";

/** What a finding says instead of what was found; undefined where the reader may see it. `field`: undefined for what a member did. */
export function veiled(field: string | undefined, veil: Veil = new Set()): Text | undefined {
  const needs = field === undefined || OF_MEMBER.test(field) ? "member.read" : CODE.test(field) ? "coupon.read" : null;
  if (needs === null || !veil.has(needs)) return undefined;
  return { en: `not shown: needs the permission ${needs}`, "zh-CN": `不显示：需要权限 ${needs}` };
}
const OF_MEMBER = /^member[.]/;
/** `coupon.code`, `coupon.of.<node>.code`, and what events say of it: `event.code`, `entry.coupon`. */
const CODE = /^coupon[.](.+[.])?code$|^(event|entry)[.](code|coupon)$/;

/** What was given, or an event's properties, without the codes of coupons. */
export function withoutCodes<T extends Record<string, unknown>>(given: T, veil: Veil): T {
  if (!veil.has("coupon.read")) return given;
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, hidden(key, value)])) as T;
}
function hidden(key: string, value: unknown): unknown {
  if (typeof value === "string") return key === "code" || key === "coupon" ? NO_CODE : value;
  if (Array.isArray(value)) return value.map((one) => hidden("", one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hidden(name, one)]));
}

/** What a run's nodes gave, likewise. */
export const varsWithoutCodes = (vars: RunVars, veil: Veil): RunVars =>
  Object.fromEntries(Object.entries(vars).map(([node, given]) => [node, withoutCodes(given, veil)]));
