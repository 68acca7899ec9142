import { randomBytes, randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import type { Actor } from "../actor";
import { firstPasswordMark, MUST_CHANGE } from "../one-time-password";

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

/** A password that is told once, here; whoever signs in with it has to replace it first, within `ONE_TIME_DAYS`. Ends the sessions of the old one. */
export async function oneTimePassword(tx: Tx, user: string): Promise<string> {
  const password = randomBytes(12).toString("base64url");
  const hash = await hashPassword(password);
  const known = await tx.run(
    sql`UPDATE account SET password = ${hash}, updated_at = now() WHERE user_id = ${user} AND provider_id = 'credential'`,
  );
  if (!known)
    await tx.run(sql`
      INSERT INTO account (id, account_id, provider_id, user_id, password) VALUES (${randomUUID()}, ${user}, 'credential', ${user}, ${hash})`);
  await tx.run(sql`DELETE FROM session WHERE user_id = ${user}`);
  await tx.run(sql`DELETE FROM verification WHERE identifier = ${firstPasswordMark(user)}`);
  await tx.run(sql`
    INSERT INTO verification (id, identifier, value, expires_at)
    VALUES (${randomUUID()}, ${firstPasswordMark(user)}, ${MUST_CHANGE}, now() + interval '100 years')`);
  return password;
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
