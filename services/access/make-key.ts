import { randomBytes } from "node:crypto";
import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { hashOfKey } from "./actor-from-key";

export type KeyKind = "write" | "secret";
export type NewKey = { id: string; kind: KeyKind; name: string; key: string; prefix: string; scopes: string[] };

/**
 * Makes a key and stores its hash; the key itself is told once, here. Write keys (`wk_…`) send events: scope `server` for keys that
 * never leave a server, none for those in a page. API keys (`sk_…`) have permissions as scopes, `*` = all. `madeBy`: the person behind it.
 */
export async function makeKey(
  tx: Tx,
  workspace: WorkspaceId,
  { madeBy, ...wanted }: { id: string; kind: KeyKind; name: string; scopes: string[]; madeBy: string | null },
): Promise<NewKey> {
  const key = `${wanted.kind === "write" ? "wk" : "sk"}_${randomBytes(24).toString("base64url")}`;
  const prefix = key.slice(0, 9);
  await tx.run(sql`
    INSERT INTO api_key (workspace_id, id, kind, name, prefix, hash, scopes, made_by)
    VALUES (${workspace}, ${wanted.id}, ${wanted.kind}, ${wanted.name}, ${prefix}, ${hashOfKey(key)}, ${wanted.scopes}, ${madeBy})`);
  return { ...wanted, key, prefix };
}
