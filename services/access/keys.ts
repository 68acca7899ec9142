import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { type Actor, signature } from "./actor";
import { forgetKeys } from "./actor-from-key";
import { type KeyKind, makeKey, type NewKey } from "./make-key";
import { can, PERMISSIONS, type Permission } from "./may";
import { personBehind } from "./person-behind";
import { useCase } from "./use-case";

export type KeyLine = {
  id: string;
  kind: KeyKind;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: string;
  revokedAt: string | null;
};

const Scope = z.union([z.enum(PERMISSIONS), z.enum(["*", "server"])]);
const CreateKey = z.strictObject({
  kind: z.enum(["write", "secret"]),
  name: z.string().trim().min(1).max(80),
  scopes: z
    .array(Scope)
    .max(PERMISSIONS.length + 2)
    .default([]),
});

const MadeKey = z.object({
  id: z.string(),
  kind: z.enum(["write", "secret"]),
  name: z.string(),
  key: z.string().describe("the key itself, in this answer only"),
  prefix: z.string(),
  scopes: z.array(z.string()),
});

export const createKey = useCase({
  may: "key.write",
  input: CreateKey,
  audit: "key.created",
  isSecret: true,
  output: MadeKey,
  says: "Make a key; it is shown in this answer only",
  async run({ tx, actor, newId }, { kind, name, scopes }) {
    const misplaced = scopes.findIndex((scope) => (kind === "write" ? scope !== "server" : scope === "server"));
    if (misplaced >= 0)
      return refuse(
        "invalid",
        kind === "write" ? "a write key has the scope server or none" : "server is a write key's scope",
        ["scopes", misplaced],
      );
    const beyond = beyondOf(actor, scopes);
    if (beyond) return refuse("not_allowed", `you do not have the permission ${beyond} yourself`, ["scopes"]);
    const madeBy = await personBehind(tx, actor.workspace, signature(actor));
    return ok(await makeKey(tx, actor.workspace, { id: newId(), kind, name, scopes, madeBy }));
  },
});

/** Nobody makes a key that may more than they may: the first permission of these scopes that they do not have. A server's events are believed. */
function beyondOf(actor: Actor, scopes: readonly string[]): Permission | undefined {
  const asked: readonly string[] = scopes.includes("*")
    ? PERMISSIONS
    : scopes.map((scope) => (scope === "server" ? "event.write" : scope));
  return PERMISSIONS.find((permission) => asked.includes(permission) && !can(actor, permission));
}

export const listKeys = useCase({
  may: "key.read",
  input: z.object({}),
  says: "Keys of the workspace, without the keys themselves",
  async run({ tx, actor }) {
    const items = await tx.rows<KeyLine>(sql`
      SELECT id, kind, name, prefix, scopes, created_at AS "createdAt", revoked_at AS "revokedAt"
      FROM api_key WHERE workspace_id = ${actor.workspace} ORDER BY created_at DESC, id`);
    return ok({ items });
  },
});

const OneKey = z.object({ key: z.uuid() });

export const revokeKey = useCase({
  may: "key.write",
  input: OneKey,
  audit: "key.revoked",
  says: "Revoke a key: it is refused everywhere within 5 s",
  async run({ tx, actor, now, afterwards }, { key }) {
    afterwards(forgetHere);
    return (await revoke(tx, actor.workspace, key, now))
      ? ok({ id: key })
      : refuse("not_found", "no such key, or it was revoked before");
  },
});

export const rotateKey = useCase({
  may: "key.write",
  input: OneKey,
  audit: "key.rotated",
  isSecret: true,
  output: MadeKey,
  says: "Revoke a key and make another with the same name and scopes",
  async run({ tx, actor, now, newId, afterwards }, { key }) {
    afterwards(forgetHere);
    const old = await revoke(tx, actor.workspace, key, now);
    if (!old) return refuse("not_found", "no such key, or it was revoked before");
    const beyond = beyondOf(actor, old.scopes);
    if (beyond) return refuse("not_allowed", `you do not have the permission ${beyond} yourself`);
    const madeBy = await personBehind(tx, actor.workspace, signature(actor));
    return ok<NewKey>(await makeKey(tx, actor.workspace, { ...old, id: newId(), madeBy }));
  },
});

/** Not before the commit: who asks in between would remember the key as it stood. */
const forgetHere = async (): Promise<undefined> => {
  forgetKeys();
};

const revoke = (
  tx: Tx,
  workspace: WorkspaceId,
  key: string,
  now: Date,
): Promise<{ kind: KeyKind; name: string; scopes: string[] } | undefined> =>
  tx.one(sql`
    UPDATE api_key SET revoked_at = ${now} WHERE workspace_id = ${workspace} AND id = ${key} AND revoked_at IS NULL RETURNING kind, name, scopes`);
