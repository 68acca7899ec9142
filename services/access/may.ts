import type { Actor, Role } from "./actor";

/** Every permission of the product: `<thing>.<verb>`. */
export const PERMISSIONS = [
  "workspace.read",
  "workspace.write",
  "key.read",
  "key.write",
  "person.read",
  "person.write",
  "audit.read",
  "data.export",
  "member.read",
  "member.write",
  "segment.read",
  "segment.write",
  "event.read",
  "event.write",
  "offer.read",
  "offer.write",
  "coupon.read",
  "coupon.issue",
  "coupon.redeem",
  "coupon.void",
  "points.read",
  "points.write",
  "journey.read",
  "journey.write",
  "journey.publish",
  "journey.approve",
  "journey.operate",
  "run.read",
  "run.write",
  "message.read",
  "message.write",
  "task.read",
  "task.write",
  "sandbox.read",
  "demo.write",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READS = PERMISSIONS.filter((p) => p.endsWith(".read"));
// The rights of roles are told here, so that no page ever checks a role.
const RIGHTS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  marketer: [
    ...READS,
    "member.write",
    "segment.write",
    "offer.write",
    "journey.write",
    "journey.publish",
    "journey.operate",
    "message.write",
    "event.write",
    "task.write",
    "data.export",
  ],
  approver: [...READS, "journey.publish", "journey.approve", "journey.operate", "task.write"],
  ops: [...READS, "event.write", "journey.operate", "run.write", "message.write", "task.write", "data.export"],
  merchant_manager: [
    "member.read",
    "offer.read",
    "coupon.read",
    "coupon.redeem",
    "journey.read",
    "task.read",
    "task.write",
  ],
  store_manager: ["member.read", "coupon.read", "coupon.redeem", "task.read", "task.write"],
  cashier: ["member.read", "coupon.read", "coupon.redeem", "task.read", "task.write"],
  viewer: READS,
};

export function can(actor: Actor, permission: Permission): boolean {
  switch (actor.as) {
    case "system":
      return true;
    case "user":
      return RIGHTS[actor.role].includes(permission);
    case "key":
      return actor.scopes.includes("*") || actor.scopes.includes(permission);
    default:
      return actor satisfies never;
  }
}
