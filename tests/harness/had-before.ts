import type { JourneyId, MemberId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import type { Arm } from "@/core/policy/holdout";
import type { Before } from "@/core/simulate/any-journey-harness";
import type { OfferOnHand } from "@/core/simulate/scene";
import { engine, json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { addPoints } from "@/services/points/add";
import { liveJourney } from "./journey";
import type { Shop } from "./shop";

/** The offers that may be issued. */
export async function stock({ workspace }: Shop, offers: Record<string, OfferOnHand>): Promise<void> {
  await engine(async (tx) => {
    for (const [id, { name, names = {}, validity: valid, left, perMember }] of Object.entries(offers)) {
      const terms = OfferTerms.parse({ discount: { kind: "amount_off", threshold: 100, amount: 10 }, validity: valid });
      await tx.run(sql`
        INSERT INTO offer (workspace_id, id, name, names, kind, terms, per_member) VALUES (${workspace}, ${id}, ${name}, ${json(names)}, 'amount_off', ${json(terms)}, ${perMember})`);
      await tx.run(sql`INSERT INTO offer_stock (workspace_id, offer_id, stock) VALUES (${workspace}, ${id}, ${left})`);
    }
  });
}

/** What the member had before: points that end by the policy, and a place in another journey of the same group. */
export async function had(
  own: Shop,
  member: MemberId,
  { policy, points, daysAgo, excludedFor }: Before,
  { start, zone }: { start: number; zone: string },
): Promise<void> {
  const { workspace } = own;
  await peek(
    sql`UPDATE workspace SET settings = ${json({ loyalty: { points: policy } })}::jsonb WHERE id = ${workspace}`,
  );
  if (points > 0)
    await engine((tx) =>
      addPoints(tx, workspace, [{ member, points, reason: "before" }], new Date(start - daysAgo * 86_400_000), zone),
    );
  if (excludedFor === null) return;
  const other = await liveJourney(own, {
    name: "other",
    entry: "on",
    nodes: [
      { id: "on", kind: "on-event", config: { event: "never told", when: { all: [] } } },
      { id: "end", kind: "exit", config: {} },
    ],
    edges: [{ from: "on", port: "next", to: "end" }],
    settings: {},
  });
  await peek(sql`
    INSERT INTO entry_group (workspace_id, name, member_id, journey_id, run_id, until)
    VALUES (${workspace}, 'birthday', ${member}, ${other.id}, ${newId()}, ${new Date(start + excludedFor)})`);
}

/** That a journey's holdout met the member before. */
export const wasMet = ({ workspace }: Shop, journey: JourneyId, member: MemberId, { isHeld, percent, at }: Arm) =>
  peek(sql`
    INSERT INTO entry (workspace_id, journey_id, member_id, key, count, live, last_run_id, last_entered_at, holdout_held, holdout_share, holdout_at)
    VALUES (${workspace}, ${journey}, ${member}, 'before', 0, 0, ${newId()}, ${new Date(at)}, ${isHeld}, ${percent}, ${new Date(at)})`);
