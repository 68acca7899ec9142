import { randomBytes, randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import type { WorkspaceId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { ADVISED, firstPasswordMark } from "./one-time-password";

/**
 * Makes the owner of a workspace and tells the one-time first password, or grants the role to someone who is known already
 * (then `password` is null). `password` may be given for a demo.
 */
export async function createOwner(owner: {
  workspace: WorkspaceId;
  email: string;
  name: string;
  password?: string;
}): Promise<{ user: string; email: string; password: string | null }> {
  const email = owner.email.trim().toLowerCase();
  const password = owner.password ?? randomBytes(12).toString("base64url");
  const hash = await hashPassword(password);
  return engine(async (tx) => {
    const made = await tx.one<{ id: string }>(sql`
      INSERT INTO "user" (id, name, email, email_verified) VALUES (${randomUUID()}, ${owner.name}, ${email}, true)
      ON CONFLICT (email) DO NOTHING RETURNING id`);
    const user = made?.id ?? (await tx.one<{ id: string }>(sql`SELECT id FROM "user" WHERE email = ${email}`))?.id;
    if (!user) throw new Error("the user vanished while being made");
    if (made) {
      await tx.run(sql`
        INSERT INTO account (id, account_id, provider_id, user_id, password) VALUES (${randomUUID()}, ${user}, 'credential', ${user}, ${hash})`);
      await tx.run(sql`
        INSERT INTO verification (id, identifier, value, expires_at)
        VALUES (${randomUUID()}, ${firstPasswordMark(user)}, ${ADVISED}, now() + interval '100 years')`);
    }
    await tx.run(sql`
      INSERT INTO role_grant (workspace_id, user_id, role) VALUES (${owner.workspace}, ${user}, 'owner')
      ON CONFLICT (workspace_id, user_id) DO UPDATE SET role = 'owner'`);
    return { user, email, password: made ? password : null };
  });
}
