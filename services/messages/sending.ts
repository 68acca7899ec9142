import { z } from "zod";
import { senderConductor, type WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { CHANNELS } from "@/core/message/channel";
import { MessagingSettings } from "@/core/message/settings";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";
import { announce } from "../rings/announce";
import { ring } from "../rings/ring";
import { switchSending } from "../workspaces/sending";
import { ofMonth } from "./gate/spending";
import { accountsOf } from "./pumping/account";

const Sending = z.object({
  isStopped: z.boolean(),
  reason: z.string().nullable(),
  at: z.string().nullable(),
  settings: MessagingSettings,
  spentThisMonth: z.int().describe("minor units"),
  providers: z.array(
    z.object({
      channel: z.enum(CHANNELS),
      name: z.string(),
      isSandbox: z.boolean().describe("reaches nobody: no account is configured, or this workspace is a demo"),
      perSecond: z.int().nullable(),
      isOpen: z.boolean().describe("its circuit is open: nobody calls it for now"),
      openUntil: Instant.nullable(),
      reason: z.string().nullable(),
    }),
  ),
});

export type SendingView = z.infer<typeof Sending>;

export const readSending = useCase({
  may: "message.read",
  input: z.object({}),
  output: Sending,
  says: "Whether sends run, by which rules, what they cost this month, and how the providers are",
  async run({ tx, actor: { workspace }, now }) {
    const row = await tx.one<{
      sending: z.infer<typeof Sending> | null;
      messaging: unknown;
      zone: string;
      isDemo: boolean;
    }>(sql`
      SELECT is_demo AS "isDemo", settings -> 'sending' AS sending, settings -> 'messaging' AS messaging, time_zone AS zone FROM workspace WHERE id = ${workspace}`);
    if (!row) return refuse("not_found");
    const spent = await tx.one<{ spent: number }>(
      sql`SELECT spent FROM spending WHERE workspace_id = ${workspace} AND subject = ${ofMonth(now, row.zone)}`,
    );
    return ok({
      isStopped: row.sending?.isStopped ?? false,
      reason: row.sending?.reason ?? null,
      at: row.sending?.at ?? null,
      settings: MessagingSettings.parse(row.messaging ?? {}),
      spentThisMonth: spent?.spent ?? 0,
      providers: await providers(tx, now, row.isDemo),
    });
  },
});

async function providers(tx: Tx, now: Date, isDemo: boolean): Promise<z.infer<typeof Sending>["providers"]> {
  const rows = await tx.rows<{ provider: string; openUntil: Date | null; reason: string | null }>(
    sql`SELECT provider, open_until AS "openUntil", reason FROM provider_circuit`,
  );
  return CHANNELS.flatMap((channel) =>
    accountsOf(channel, { isDemo }).map(({ name, perSecond, isSandbox = false }) => {
      const circuit = rows.find(({ provider }) => provider === name);
      const isOpen = circuit?.openUntil != null && circuit.openUntil > now;
      return {
        channel,
        name,
        isSandbox,
        perSecond,
        isOpen,
        openUntil: circuit?.openUntil ?? null,
        reason: circuit?.reason ?? null,
      };
    }),
  );
}

export const stopSending = useCase({
  may: "message.write",
  input: z.strictObject({ reason: z.string().trim().min(1).max(300) }),
  output: z.object({ isStopped: z.boolean() }),
  audit: "sending.stopped",
  says: "Stop every send of the workspace at once; messages wait, and expire as usual",
  async run({ tx, actor: { workspace }, now }, { reason }) {
    await turn(tx, workspace, true, reason, now);
    return ok({ isStopped: true });
  },
});

export const resumeSending = useCase({
  may: "message.write",
  input: z.strictObject({}),
  output: z.object({ isStopped: z.boolean() }),
  audit: "sending.resumed",
  says: "Let sends go on",
  async run({ tx, actor: { workspace }, now }) {
    await turn(tx, workspace, false, null, now);
    return ok({ isStopped: false });
  },
});

async function turn(
  tx: Tx,
  workspace: WorkspaceId,
  isStopped: boolean,
  reason: string | null,
  now: Date,
): Promise<void> {
  if (!(await switchSending(tx, workspace, { isStopped, reason, at: now.toISOString() }))) return;
  if (!isStopped)
    await ring(
      tx,
      workspace,
      CHANNELS.map((channel) => senderConductor(workspace, channel)),
    );
  await announce(tx, workspace, "sending");
}
