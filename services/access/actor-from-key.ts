import { createHash } from "node:crypto";
import type { WorkspaceId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import type { Actor } from "./actor";

/** What a write key opens: sending events into one workspace. A server's key (`isTrusted`) may also say what only we or a till can know. */
export type WriteKey = { workspace: WorkspaceId; key: string; isTrusted: boolean; currency: string; timeZone: string };

type Row = {
  workspace_id: WorkspaceId;
  id: string;
  kind: string;
  name: string;
  scopes: string[];
  currency: string;
  time_zone: string;
};

/** Only the hash is stored: keys are 192 random bits, so a plain fast hash is enough and a lookup is one index probe. */
export const hashOfKey = (key: string): string => createHash("sha256").update(key).digest("hex");

// A revoked key works at most this long in other processes; without it every event would cost a query.
const KEPT_MS = 5_000;
const KEPT = 5_000;
const known = new Map<string, { until: number; row: Promise<Row | undefined> }>();

function keyRow(key: string): Promise<Row | undefined> {
  const now = Date.now();
  const hit = known.get(key);
  if (hit && hit.until > now) return hit.row;
  if (known.size >= KEPT) known.clear();
  const row = engine((tx) =>
    tx.one<Row>(sql`
    SELECT k.workspace_id, k.id, k.kind, k.name, k.scopes, w.currency, w.time_zone
    FROM api_key k JOIN workspace w ON w.id = k.workspace_id
    WHERE k.hash = ${hashOfKey(key)} AND k.revoked_at IS NULL`),
  );
  known.set(key, { until: now + KEPT_MS, row });
  row.catch(() => known.delete(key));
  return row;
}

/** Forgets what this process knows of keys, so that a revocation acts at once where it was made. */
export const forgetKeys = (): void => known.clear();

/** The program behind `Authorization: Bearer sk_…`. */
export async function actorFromApiKey(key: string): Promise<Extract<Actor, { as: "key" }> | undefined> {
  if (!/^sk_[\w-]{20,100}$/.test(key)) return undefined;
  const row = await keyRow(key);
  return row?.kind === "secret"
    ? { as: "key", workspace: row.workspace_id, key: row.id, scopes: row.scopes, name: row.name }
    : undefined;
}

/** What may be sent with a write key, or with an API key that has `event.write`. */
export async function actorFromWriteKey(key: string): Promise<WriteKey | undefined> {
  if (!/^[ws]k_[\w-]{20,100}$/.test(key)) return undefined;
  const row = await keyRow(key);
  if (!row || (row.kind === "secret" && !row.scopes.includes("*") && !row.scopes.includes("event.write")))
    return undefined;
  return {
    workspace: row.workspace_id,
    key: row.id,
    currency: row.currency,
    timeZone: row.time_zone,
    isTrusted: row.kind === "secret" || row.scopes.includes("server"),
  };
}
