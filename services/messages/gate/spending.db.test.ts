import { expect, it } from "vitest";
import type { MemberId, MessageId } from "@/core/ids";
import { engine, json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { liveJourney, members } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { claim } from "../pumping/claim";
import { saveDeliveries } from "../pumping/outcome";
import { queueMessages } from "../queue";

await database();

const by = { worker: "test/1", provider: "twilio" };

it("charges while another's money comes back, and neither waits for what the other holds", async () => {
  const own = await shop();
  await engine((tx) =>
    tx.run(sql`
      UPDATE workspace SET settings = ${json({ messaging: { prices: { sms: 10 }, monthlyBudget: 255 } })}::jsonb WHERE id = ${own.workspace}`),
  );
  const journey = await liveJourney(own, {
    name: "j",
    entry: "t",
    nodes: [{ id: "t", kind: "on-event", config: { event: "order_paid", when: { all: [] } } }],
    edges: [],
    settings: {},
  });
  const [first, second] = await members(own, 2);
  if (!first || !second) throw new Error("no members");
  const queueOf = async (member: MemberId) => {
    const id = newId<MessageId>();
    const message = {
      id,
      member,
      channel: "sms" as const,
      purpose: "marketing" as const,
      priority: 0,
      content: { in: "row" as const, content: { en: { text: "Hello" } } },
      variables: {},
      expiresAt: new Date(Date.now() + 3_600_000),
    };
    await engine(async (tx) => queueMessages(tx, own.workspace, [message], new Date()));
    await peek(sql`UPDATE message SET journey_id = ${journey.id}, step = 't' WHERE id = ${id}`);
  };
  await queueOf(first);
  const { claimed } = await claim(own.workspace, "sms", 10, by);
  await queueOf(second);
  const refused = claimed.map((message) => ({
    message,
    sent: { is: "refused" as const, lasting: true, suppress: false, reason: "21610" },
  }));
  let asked = 0;
  let begin = () => {};
  // As another worker: outside of the claim's transaction.
  const refunding = new Promise<void>((ready) => (begin = ready)).then(() =>
    saveDeliveries(own.workspace, "sms", by.worker, refused),
  );
  await claim(own.workspace, "sms", 10, by, {
    partsOf: async () => {
      asked += 1;
      begin();
      // Postgres looks for a circle after a second: by then the refund has looked, and the claim alone would find it, and be asked again.
      await new Promise((done) => setTimeout(done, 1500));
      return 1;
    },
  });
  await refunding;
  expect(asked).toBe(1);
  expect(
    await peek(
      sql`SELECT split_part(subject, ' ', 1) AS subject, spent FROM spending WHERE workspace_id = ${own.workspace} ORDER BY 1`,
    ),
  ).toEqual([
    { subject: "journey", spent: 10 },
    { subject: "month", spent: 10 },
  ]);
});
