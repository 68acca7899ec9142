import type { WorkspaceId } from "@/core/ids";
import { MESSAGING_DEFAULTS, MessagingSettings } from "@/core/message/settings";
import { sql, type Tx } from "@/platform/db";

/** What holds for every message of a workspace at one claim. `openSince`: when its switch was lifted last; null where it never was pulled. */
export type Conditions = {
  isDemo: boolean;
  isStopped: boolean;
  openSince: Date | null;
  settings: MessagingSettings;
  zone: string;
  now: Date;
};

// The text is compared, so that a claim parses settings only when they changed.
const parsed = new Map<WorkspaceId, { text: string; settings: MessagingSettings }>();
const KEPT = 1000;

/** The workspace's messaging settings, its switch and the database's clock. */
export async function readConditions(tx: Tx, workspace: WorkspaceId): Promise<Conditions> {
  const row = await tx.one<Omit<Conditions, "settings"> & { text: string | null }>(sql`
    SELECT settings ->> 'messaging' AS text, COALESCE((settings #>> '{sending,isStopped}')::boolean, false) AS "isStopped", is_demo AS "isDemo",
      CASE WHEN NOT (settings #>> '{sending,isStopped}')::boolean THEN (settings #>> '{sending,at}')::timestamptz END AS "openSince",
      time_zone AS zone, clock_timestamp() AS now
    FROM workspace WHERE id = ${workspace}`);
  if (!row) throw new Error(`workspace ${workspace} is missing`);
  const { text, ...conditions } = row;
  return { ...conditions, settings: settingsOf(workspace, text) };
}

function settingsOf(workspace: WorkspaceId, text: string | null): MessagingSettings {
  if (text === null) return MESSAGING_DEFAULTS;
  const known = parsed.get(workspace);
  if (known?.text === text) return known.settings;
  const settings = MessagingSettings.parse(JSON.parse(text));
  if (parsed.size >= KEPT) parsed.clear();
  parsed.set(workspace, { text, settings });
  return settings;
}
