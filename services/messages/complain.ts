import { z } from "zod";
import type { MemberId, MessageId, WorkspaceId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";
import { withdrawConsents } from "../members/consent-withdraw";
import { suppress } from "../members/suppression";
import { barredAddress } from "./pumping/outcome";
import { tell } from "./tell";

export type Complained = {
  id: MessageId;
  member: MemberId;
  channel: ChannelKind;
  address: string | null;
  journey: string | null;
};

/** Somebody called a message spam: its address is barred, the channel's consent withdrawn, and it is told. Once is enough. */
export async function complain(tx: Tx, workspace: WorkspaceId, message: Complained, now: Date): Promise<void> {
  const { id, member, channel, address } = message;
  await withdrawConsents(tx, workspace, [
    {
      member,
      channel,
      purpose: "marketing",
      isGranted: false,
      source: "complaint",
      evidence: { message: id },
      reason: "complaint",
      at: now,
    },
  ]);
  if (address)
    await suppress(tx, workspace, [{ channel, address: barredAddress(channel, address), reason: "complaint" }], now);
  await tell(tx, workspace, "message_complained", [message], now);
}

export const reportComplaint = useCase({
  may: "message.write",
  input: z.strictObject({ message: z.uuid() }),
  output: z.object({ id: z.string() }),
  audit: "message.complained",
  says: "Record that the recipient called a message spam, as a mailbox provider's feedback loop reports it: the address is barred, consent withdrawn",
  async run({ tx, actor: { workspace }, now }, { message }) {
    const row = await tx.one<Complained>(sql`
      SELECT id, member_id AS member, channel, address, journey_id AS journey FROM message
      WHERE workspace_id = ${workspace} AND id = ${message} AND state IN ('accepted', 'delivered', 'unknown', 'failed')`);
    if (!row) return refuse("not_found", "no message of this id has left");
    await complain(tx, workspace, row, now);
    return ok({ id: row.id });
  },
});
