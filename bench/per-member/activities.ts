import type { MemberId, MessageId, OfferId, WorkspaceId } from "@/core/ids";
import type { CouponFacts } from "@/core/rules/facts";
import { engine } from "@/platform/db";
import { newId } from "@/platform/ids";
import { loadMembers } from "@/services/members/load";
import { lockMembers } from "@/services/members/lock";
import { queueMessages } from "@/services/messages/queue";
import { issueCoupons } from "@/services/offers/issue";
import { MAIL } from "../rig/campaign";

export type Args = { workspace: WorkspaceId; member: MemberId; offer: OfferId };
const DAY_MS = 86_400_000;

// The product's own effects for one member, each in a transaction of its own. Where the member stands is Temporal's history, so neither run,
// entry nor journal is written: this baseline writes less than the engine does.

export async function choose({ workspace, member }: Args): Promise<boolean> {
  const loaded = await engine((tx) => loadMembers(tx, workspace, [member]));
  return loaded.get(member)?.tier === "gold";
}

export async function coupon({ workspace, member, offer }: Args): Promise<CouponFacts | null> {
  const [issued] = await engine(async (tx) => {
    await lockMembers(tx, workspace, [member]);
    return issueCoupons(tx, workspace, [{ member, offer, source: "per-member" }], new Date());
  });
  if (!issued?.ok) return null;
  const { startsAt: _, expiresAt, ...coupon } = issued.coupon;
  return { ...coupon, expiresAt: expiresAt?.getTime() ?? null };
}

export async function message({ workspace, member }: Args, given: CouponFacts): Promise<void> {
  const now = new Date();
  await engine(async (tx) =>
    queueMessages(
      tx,
      workspace,
      [
        {
          id: newId<MessageId>(now.getTime()),
          member,
          channel: "email",
          purpose: "marketing",
          priority: 0,
          content: { in: "row", content: { "zh-CN": MAIL } },
          variables: { gift: { order: 1, coupon: given } },
          expiresAt: new Date(now.getTime() + 2 * DAY_MS),
        },
      ],
      now,
    ),
  );
}
