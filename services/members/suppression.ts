import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

export type Suppressing = { channel: string; address: string; reason: string };

/** Bars addresses for good (bounced, complained, STOP); the first reason stays. Addresses as stored: E.164, lower-case email. */
export async function suppress(tx: Tx, workspace: WorkspaceId, set: readonly Suppressing[], now: Date): Promise<void> {
  if (set.length === 0) return;
  const sorted = [...set].sort((a, b) => (`${a.channel} ${a.address}` < `${b.channel} ${b.address}` ? -1 : 1));
  await tx.run(sql`
    INSERT INTO suppression (workspace_id, channel, address, reason, at)
    SELECT ${workspace}, s.channel, s.address, s.reason, ${now}
    FROM unnest(${sorted.map((s) => s.channel)}::text[], ${sorted.map((s) => s.address)}::text[], ${sorted.map((s) => s.reason)}::text[])
      AS s (channel, address, reason)
    ON CONFLICT DO NOTHING`);
}

/** Lifts a bar, where `reason` is given only one that stands for it; true when there was one. */
export async function unsuppress(
  tx: Tx,
  workspace: WorkspaceId,
  channel: string,
  address: string,
  reason?: string,
): Promise<boolean> {
  const lifted = await tx.run(sql`
    DELETE FROM suppression
    WHERE workspace_id = ${workspace} AND channel = ${channel} AND address = ${address} AND reason = coalesce(${reason ?? null}, reason)`);
  return lifted > 0;
}
