import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import type { Actor } from "../actor";

/** The roles that have a use in the console; the others wait for the pages of merchants and tills. */
export const TEAM_ROLES = ["owner", "marketer", "approver", "ops", "viewer"] as const;
export const TeamRole = z.enum(TEAM_ROLES);

export const Person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  since: Instant,
  isMe: z.boolean(),
  hasOneTimePassword: z.boolean().describe("has not replaced the password that was told once"),
  oneTimeUntil: Instant.nullable().describe("when that password stops to open anything; null where it does not stop"),
});
export type Person = z.infer<typeof Person>;

/** People are let in by people: a key that could make an owner would be more than any key may be. */
export function asPerson(actor: Actor): Outcome<string> {
  return actor.as === "user"
    ? ok(actor.user)
    : refuse("not_allowed", {
        en: "a program changes nobody's access: an owner does, signed in",
        "zh-CN": "程序不能更改任何人的访问权限：须由所有者登录后操作",
      });
}

/** Whether somebody is known in workspaces besides this one: their password is then no longer this one's to replace. */
export const isElsewhere = async (tx: Tx, workspace: WorkspaceId, user: string): Promise<boolean> =>
  (await tx.one(sql`SELECT FROM role_grant WHERE user_id = ${user} AND workspace_id <> ${workspace} LIMIT 1`)) !==
  undefined;

/** Whether a workspace would keep no owner without this one. Locks all its owners' grants, in one order. */
export async function isLastOwner(tx: Tx, workspace: WorkspaceId, user: string): Promise<boolean> {
  const owners = await tx.rows<{ user: string }>(sql`
    SELECT user_id AS user FROM role_grant WHERE workspace_id = ${workspace} AND role = 'owner' ORDER BY user_id FOR UPDATE`);
  return owners.some((owner) => owner.user === user) && owners.length === 1;
}
export const LAST_OWNER = refuse("conflict", {
  en: "this is the last owner: make somebody else an owner first",
  "zh-CN": "这是最后一位所有者：请先将其他人设为所有者",
});
