import type { InboxEvent } from "@/core/events/inbox-event";
import type { JourneyId, MemberId } from "@/core/ids";
import { engine, json, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { accept, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { type WhyNot, whyNot } from "./why-not";

export const bigOrder = (settings: object = {}) => ({
  name: "Big order",
  entry: "paid",
  nodes: [
    {
      id: "paid",
      kind: "on-event",
      config: {
        event: "order_paid",
        when: {
          all: [
            { field: "event.amount", is: "gte", value: 10_000 },
            { field: "member.tier", is: "eq", value: "gold" },
          ],
        },
      },
    },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "paid", port: "next", to: "wait" }],
  settings,
});

/** As ingest leaves it: the event's row, and its inbox row. */
export async function happened(own: Shop, member: MemberId, what: InboxEvent): Promise<InboxEvent> {
  await keep(own, member, what);
  await accept(own, [{ member, event: what }]);
  await dispatchAll();
  return what;
}
export const keep = (own: Shop, member: MemberId, what: InboxEvent): Promise<number> =>
  engine((tx) =>
    tx.run(sql`
      INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, occurred_at, accepted_at, is_historical)
      VALUES (${own.workspace}, ${what.id}, ${member}, ${what.messageId}, ${what.type}, ${what.name}, ${json(what.properties)},
        ${new Date(what.occurredAt)}, ${new Date(what.acceptedAt)}, ${what.isHistorical})`),
  );

export async function ask(own: Shop, journey: JourneyId, member: MemberId, of?: string): Promise<WhyNot> {
  const answer = await call(whyNot, own.actor(), { journey, member, ...(of && { event: of }) });
  if (!answer.ok) throw new Error(answer.detail ?? answer.reason);
  return answer.value;
}

/** A live journey for gold members' big orders, and a gold member. */
export async function scene(settings?: object) {
  const own = await shop();
  const journey = await liveJourney(own, bigOrder(settings));
  const [gold] = await members(own, 1, { tier: "gold" });
  if (!gold) throw new Error("no member");
  return { own, journey, gold };
}
export const paid = (amount: number, at = {}): InboxEvent => event("order_paid", { amount }, at);
