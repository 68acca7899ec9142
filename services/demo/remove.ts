import { z } from "zod";
import type { ConductorId } from "@/core/ids";
import { LANES } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { name, sql, type Tx } from "@/platform/db";
import type { Table } from "@/prisma/owners";
import { demandOwnPasswords } from "../access/one-time-password";
import { useCase } from "../access/use-case";
import { lockLanes } from "../events/lock-lanes";
import { announce } from "../rings/announce";
import { ring } from "../rings/ring";
import { leaveDemo } from "../workspaces/leave-demo";

/** What a demo is made of, each before what it refers to. */
const TABLES = [
  "view_default",
  "saved_view",
  "tier_change",
  "task",
  "webhook_call",
  "message",
  "message_traffic",
  "complaint",
  "spending",
  "test_send",
  "member_gate",
  "journal",
  "traffic",
  "exposure",
  "due",
  "broadcast",
  "journey_count",
  "entry_group",
  "turned_away",
  "entry",
  "handling",
  "run",
  "mapping",
  "presence",
  "job",
  "version_comment",
  "publish_request",
  "plan",
  "journey",
  "conductor",
  "redemption",
  "coupon",
  "offer_redeemed",
  "offer_stock",
  "offer",
  "expiry_notice",
  "points_entry",
  "points_lot",
  "points_account",
  "inbox",
  "event",
  "event_key",
  "dead_letter",
  "fact",
  "member_order",
  "member_tag",
  "tag",
  "consent",
  "consent_change",
  "identity",
  "suppression",
  "segment_member",
  "segment",
  "member",
  "store",
  "merchant",
] as const satisfies Table[];
/** People, keys and the audit stay, and what belongs to no workspace. */
type Kept =
  | "user"
  | "session"
  | "account"
  | "verification"
  | "sign_in_attempt"
  | "role_grant"
  | "api_key"
  | "idempotency"
  | "audit"
  | "workspace"
  | "webhook_key"
  | "lane"
  | "worker_beat"
  | "provider_rate"
  | "provider_circuit";
/** A new table that stands in neither list does not compile. */
TABLES satisfies Exclude<Table, Kept | (typeof TABLES)[number]> extends never ? readonly Table[] : never;

const Removed = z.object({ members: z.int(), events: z.int(), journeys: z.int() });

/**
 * Empties a demo and makes it an ordinary workspace: its owner stays, stays signed in, and begins with nothing, by a password of their own: the
 * printed one has to be replaced then. All or nothing, in one transaction; refused where there is no demo. What was sent to the sandboxes stays there.
 */
export const removeDemo = useCase({
  may: "workspace.write",
  input: z.strictObject({}),
  output: Removed,
  audit: "demo.removed",
  says: "Remove the demo's data and keep the workspace, empty; cannot be undone",
  async run({ tx, actor: { workspace } }) {
    if (!(await leaveDemo(tx, workspace))) return refuse("not_found", "this workspace is no demo");
    // No turn is in the middle of these members' events, and none begins until the commit.
    await lockLanes(
      tx,
      Array.from({ length: LANES }, (_, lane) => lane),
    );
    // Told at the commit: the workflows look, find their rows gone, and end.
    const conductors = await tx.rows<{ id: ConductorId }>(
      sql`SELECT id FROM conductor WHERE workspace_id = ${workspace}`,
    );
    await ring(
      tx,
      workspace,
      conductors.map(({ id }) => id),
    );
    await demandOwnPasswords(tx, workspace);
    // A journey and its plan refer to each other.
    await tx.run(sql`UPDATE journey SET plan_id = NULL WHERE workspace_id = ${workspace}`);
    const gone = new Map<Table, number>();
    for (const table of TABLES) gone.set(table, await empty(tx, workspace, table));
    for (const topic of ["journeys", "demo"]) await announce(tx, workspace, topic);
    return ok({ members: gone.get("member") ?? 0, events: gone.get("event") ?? 0, journeys: gone.get("journey") ?? 0 });
  },
});

const empty = (tx: Tx, workspace: string, table: Table): Promise<number> =>
  tx.run(sql`DELETE FROM ${name(table)} WHERE workspace_id = ${workspace}`);
