import type { WorkspaceId } from "@/core/ids";

export const ROLES = [
  "owner",
  "marketer",
  "approver",
  "ops",
  "merchant_manager",
  "store_manager",
  "cashier",
  "viewer",
] as const;
export type Role = (typeof ROLES)[number];

/** Who is calling, whatever they showed: a session, an API key, a member's link, or the engine itself. */
export type Actor =
  | { as: "user"; workspace: WorkspaceId; user: string; role: Role; name: string }
  | { as: "key"; workspace: WorkspaceId; key: string; scopes: string[]; name: string }
  | { as: "system"; workspace: WorkspaceId; name: string };

/** How the audit names an actor. */
export const signature = (actor: Actor): string => {
  switch (actor.as) {
    case "user":
      return `user:${actor.user}`;
    case "key":
      return `key:${actor.key}`;
    case "system":
      return `system:${actor.name}`;
    default:
      return actor satisfies never;
  }
};
