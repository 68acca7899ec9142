import { beforeEach, expect, it } from "vitest";
import type { JourneyId, MemberId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { claim } from "@/services/messages/pumping/claim";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { type Link, line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";

await database();

let own: Shop;
let expecting: MemberId;
let plain: MemberId;
beforeEach(async () => {
  own = await shop();
  [expecting, plain] = (await members(own, 2)) as [MemberId, MemberId];
  await engine(async (tx) => {
    await tx.run(sql`INSERT INTO tag (workspace_id, name, is_sensitive) VALUES (${own.workspace}, 'pregnant', true)`);
    await tx.run(
      sql`INSERT INTO member_tag (workspace_id, member_id, tag, source) VALUES (${own.workspace}, ${expecting}, 'pregnant', 'test')`,
    );
  });
});

const promotion = (purpose = "marketing"): Link => [
  {
    id: "sms",
    kind: "send",
    config: { channel: "sms", purpose, expiresAfter: "P2D", content: { sms: { en: { text: "Formula" } } } },
  },
  "next",
];
const start = (journey: JourneyId): Link => [{ id: "start", kind: "start-journey", config: { journey } }, "next"];
const emit = (name: string): Link => [{ id: "emit", kind: "emit-event", config: { name, properties: [] } }, "next"];
const called = { event: "journey_start" };
/** All members but those who have neither of two tags, so that both come in and only one for the sensitive tag. */
const sought = {
  when: {
    any: [
      { field: "member.tags", is: "contains", value: "pregnant" },
      { field: "member.orders", is: "gte", value: 0 },
    ],
  },
};

/** Everybody pays; what leaves, by member. */
async function outcomes() {
  await accept(
    own,
    [expecting, plain].map((member) => ({ member, event: event("order_paid", { amount: 1 }) })),
  );
  for (let i = 0; i < 4; i++) {
    await dispatchAll({ carries: false });
    const shards = await peek<{ id: JourneyId }>(sql`SELECT id FROM journey WHERE workspace_id = ${own.workspace}`);
    for (const { id } of shards) await conductAll({ workspace: own.workspace, journey: id, shard: 0 });
  }
  await claim(own.workspace, "sms", 10, { worker: "w", provider: "twilio" });
  const rows = await peek<{ member: MemberId; state: string; reason: string | null }>(
    sql`SELECT member_id AS member, state, reason FROM message WHERE workspace_id = ${own.workspace}`,
  );
  return Object.fromEntries(
    rows.map(({ member, state, reason }) => [member === expecting ? "expecting" : "plain", reason ?? state]),
  );
}

it("keeps promotions from who was found by a sensitive tag one journey before, which started this one", async () => {
  const formula = await liveJourney(own, line([promotion()], called));
  await liveJourney(own, line([start(formula.id)], sought));
  expect(await outcomes()).toEqual({ expecting: "sensitive_tag", plain: "claimed" });
});

it("keeps it over an event that a journey told, and over a journey between that asks for nothing", async () => {
  await liveJourney(own, line([promotion()], { event: "formula_time" }));
  const between = await liveJourney(own, line([emit("formula_time")], called));
  await liveJourney(own, line([start(between.id)], sought));
  expect(await outcomes()).toEqual({ expecting: "sensitive_tag", plain: "claimed" });
});

it("lets a service message through, and a promotion to which no sensitive tag led", async () => {
  const receipt = await liveJourney(own, line([promotion("service")], called));
  await liveJourney(own, line([start(receipt.id)], sought));
  expect(await outcomes()).toEqual({ expecting: "claimed", plain: "claimed" });
});

it("carries no way along where journeys ask for no tag", async () => {
  const formula = await liveJourney(own, line([promotion()], called));
  await liveJourney(own, line([tagged("t", "family"), start(formula.id)]));
  expect(await outcomes()).toEqual({ expecting: "claimed", plain: "claimed" });
  const [run] = await peek<{ entry: object }>(
    sql`SELECT entry_event AS entry FROM run WHERE journey_id = ${formula.id}`,
  );
  expect(run?.entry).not.toHaveProperty("through");
});
