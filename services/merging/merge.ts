import { z } from "zod";
import type { InboxEvent } from "@/core/events/inbox-event";
import { laneOf, type MemberId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { MEMBER_MERGED } from "@/core/plan/control";
import { ok, refuse } from "@/core/refusals";
import type { Tx } from "@/platform/db";
import { type Actor, signature } from "../access/actor";
import { record } from "../access/record";
import { useCase } from "../access/use-case";
import { lockLanes } from "../events/lock-lanes";
import { moveEvents } from "../events/move";
import { requeue } from "../events/requeue";
import { wakingLanes } from "../events/wake-lanes";
import { joinMembers } from "../members/join";
import { lockMembers } from "../members/lock";
import { mergeOrders } from "../members/merge-orders";
import { mergeTiers } from "../members/merge-tiers";
import { mergeMessages } from "../messages/merge";
import { mergeCoupons } from "../offers/merge";
import { mergePoints } from "../points/merge";
import { mergeSegments } from "../segments/reconsider";
import { mergeTasks } from "../tasks/merge";
import { mergeCalls } from "../webhooks/merge";

export type MergePair = { from: MemberId; into: MemberId };

/**
 * Joins two members that proved to be one person: what was the one's is the survivor's (`prisma/merging.ts`, table by table), sums are kept, and
 * the audit tells it. Runs and inbox rows are moved by the survivor's next dispatch turn. Merging twice changes nothing.
 */
export async function mergeMembers(
  tx: Tx,
  actor: Actor,
  { from, into }: MergePair,
  now: Date,
  auditId: string,
): Promise<boolean> {
  const { workspace } = actor;
  if (from === into) return false;
  // Both lanes before the members, so that no turn is in the middle of the merged one's events.
  await lockLanes(tx, [laneOf(workspace, from), laneOf(workspace, into)]);
  await lockMembers(tx, workspace, [from, into]);
  if (!(await joinMembers(tx, workspace, from, into, now))) return false;
  await mergeOrders(tx, workspace, from, into);
  await mergeTiers(tx, workspace, from, into, signature(actor), now);
  await moveEvents(tx, workspace, from, into);
  await mergeCoupons(tx, workspace, from, into);
  await mergePoints(tx, workspace, from, into, now);
  mergeSegments(tx, workspace, from, into, now);
  await mergeMessages(tx, workspace, from, into);
  mergeTasks(tx, workspace, from, into);
  mergeCalls(tx, workspace, from, into);
  await record(tx, actor, "member.merged", { from, into }, now, auditId, into);
  return true;
}

/** Runs are moved by the survivor's next dispatch turn, which this event asks for. An event that proved the two to be one is in such a turn already. */
async function tellTurn(tx: Tx, { workspace }: Actor, { into }: MergePair, event: InboxEvent): Promise<void> {
  const lane = laneOf(workspace, into);
  requeue(tx, workspace, [{ lane, member: into, event }]);
  await tx.run(wakingLanes([lane]));
}

export const mergeMember = useCase({
  may: "member.write",
  says: "Join two members that are one person; what the merged one had goes to the survivor",
  input: z.object({ member: z.uuid(), into: z.uuid() }),
  audit: "member.merge_asked",
  async run({ tx, actor, now, newId }, { member, into }) {
    if (member === into) return refuse("invalid", "should be another member", ["into"]);
    const pair = { from: member as MemberId, into: into as MemberId };
    const isMerged = await mergeMembers(tx, actor, pair, now, newId());
    if (isMerged) await tellTurn(tx, actor, pair, ledgerEvent(MEMBER_MERGED, pair, newId(), now));
    return isMerged ? ok({ id: into }) : refuse("not_found", "one of the two does not exist or has merged already");
  },
});
