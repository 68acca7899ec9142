import type { WorkspaceId } from "@/core/ids";
import { MESSAGING_DEFAULTS, MessagingSettings } from "@/core/message/settings";
import type { WorkspaceSettings } from "@/core/workspace/settings";
import { peek, sql } from "@/platform/db";
import type { Actor } from "../access/actor";
import { call } from "../access/use-case";
import { updateWorkspace } from "../workspaces/update";
import { SIMULATED } from "./simulate";

/** What a part of an SMS costs the shop, so that journeys tell their cost. */
const SMS_FEN = 5;

/** What nobody has set yet: customers come in, who opens a mail is known, and an SMS has a price. */
export async function settleFirst(actor: Actor): Promise<void> {
  const [known] = await peek<{ demo: unknown; messaging: unknown }>(
    sql`SELECT settings -> 'demo' AS demo, settings -> 'messaging' AS messaging FROM workspace WHERE id = ${actor.workspace}`,
  );
  const settings: WorkspaceSettings = {
    ...(known?.demo === null && { demo: { simulate: SIMULATED } }),
    ...(known?.messaging === null && { messaging: priced({ ...MESSAGING_DEFAULTS, tracksOpens: true }) }),
  };
  if (Object.keys(settings).length > 0) await call(updateWorkspace, actor, { settings });
}

/**
 * What a demo of an earlier version did not begin with: its SMS get a price. Where a person or a program has changed the settings they stand as
 * they are, and so does what is no demo any more.
 */
export async function settleKept(workspace: WorkspaceId): Promise<void> {
  const [known] = await peek<{ messaging: unknown }>(sql`
    SELECT w.settings -> 'messaging' AS messaging FROM workspace w WHERE w.id = ${workspace} AND w.is_demo AND NOT EXISTS (
      SELECT 1 FROM audit a WHERE a.workspace_id = w.id AND a.action = 'workspace.updated' AND a.actor NOT LIKE 'system:%')`);
  const read = MessagingSettings.safeParse(known?.messaging ?? {});
  if (!known || !read.success || read.data.prices.sms > 0) return;
  const actor: Actor = { as: "system", workspace, name: "demo" };
  await call(updateWorkspace, actor, { settings: { messaging: priced(read.data) } });
}

const priced = (messaging: MessagingSettings): MessagingSettings => ({
  ...messaging,
  prices: { ...messaging.prices, sms: SMS_FEN },
});
