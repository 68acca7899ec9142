import { peek, sql, write } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { Actor } from "../access/actor";
import { createOwner } from "../access/create-owner";
import { revokeKey } from "../access/keys";
import { makeKey } from "../access/make-key";
import { renewPassword } from "../access/renew-password";
import { call } from "../access/use-case";
import { OWNER } from "./places";

/** How one gets into the demo workspace, by hand and by program. Told here only: what is kept are hashes. */
export type DemoAccess = { workspace: string; user: string; password: string; writeKey: string; apiKey: string };

/** A new password and new keys; those that were given out before end. */
export async function giveAccess(actor: Actor): Promise<DemoAccess> {
  const { workspace } = actor;
  const owner = await createOwner({ workspace, ...OWNER });
  const password = owner.password ?? (await renewPassword(owner.user));
  const [writeKey, apiKey] = [
    await renewKey(actor, { kind: "write", name: "demo", scopes: ["server"] }),
    await renewKey(actor, { kind: "secret", name: "demo", scopes: ["*"] }),
  ];
  return { workspace, user: owner.email, password, writeKey, apiKey };
}

/** A key of that kind and name in place of those that have it. */
export async function renewKey(
  actor: Actor,
  wanted: { kind: "write" | "secret"; name: string; scopes: string[] },
): Promise<string> {
  const { workspace } = actor;
  const old = await peek<{ id: string }>(sql`
    SELECT id FROM api_key WHERE workspace_id = ${workspace} AND kind = ${wanted.kind} AND name = ${wanted.name} AND revoked_at IS NULL`);
  for (const { id } of old) await call(revokeKey, actor, { key: id });
  return write(workspace, async (tx) => (await makeKey(tx, workspace, { id: newId(), madeBy: null, ...wanted })).key);
}
