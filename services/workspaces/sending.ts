import type { WorkspaceId } from "@/core/ids";
import type { SendingSwitch } from "@/core/message/settings";
import { json, sql, type Tx } from "@/platform/db";

/** Pulls or lifts the switch that stops every send. False when it was so already. */
export async function switchSending(tx: Tx, workspace: WorkspaceId, to: SendingSwitch): Promise<boolean> {
  const changed = await tx.run(sql`
    UPDATE workspace SET settings = settings || ${json({ sending: to })}::jsonb
    WHERE id = ${workspace} AND COALESCE((settings #>> '{sending,isStopped}')::boolean, false) <> ${to.isStopped}`);
  return changed > 0;
}
