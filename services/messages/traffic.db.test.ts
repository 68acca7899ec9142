import { expect, it } from "vitest";
import { type JourneyId, type MemberId, type MessageId, nodeOf, type StepId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, republish } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { journeyCounts } from "../journeys/watching/counts";
import { listMessages } from "../runs/messages";
import { countPassedOver, passOverHeld } from "./held";
import { follow, opened } from "./links/follow";
import { OPENING, signPlace } from "./links/token";
import { claim } from "./pumping/claim";
import { saveDeliveries } from "./pumping/outcome";
import { receiveReports } from "./report";
import type { MESSAGE_OUTCOMES } from "./traffic";

await database();

const URL = "https://shop.example/a";
/** A text message, then a week's wait; the goal is another order. */
const draft = () => ({
  name: "figures",
  entry: "begin",
  nodes: [
    { id: "begin", kind: "on-event", config: { event: "knock", when: { all: [] } } },
    {
      id: "say",
      kind: "send",
      config: {
        channel: "sms",
        purpose: "marketing",
        content: { sms: { en: { text: "Hello" } } },
        expiresAfter: "P1D",
      },
    },
    { id: "week", kind: "delay", config: { for: "P7D" } },
  ],
  edges: [
    { from: "begin", port: "next", to: "say" },
    { from: "say", port: "next", to: "week" },
  ],
  goal: { on: "order_paid", when: { all: [] } },
  settings: { reentry: { is: "always" } },
});

type Stage = { own: Shop; journey: JourneyId; shard: Parameters<typeof conductAll>[0]; people: MemberId[] };
async function stage(count: number, document: object = draft()): Promise<Stage> {
  const own = await shop();
  const { id, shard } = await liveJourney(own, document);
  return { own, journey: id, shard, people: await members(own, count) };
}
async function tell({ own, shard }: Stage, name: string, people: readonly MemberId[]): Promise<void> {
  await accept(
    own,
    people.map((member) => ({ member, event: event(name, { amount: 100 }) })),
  );
  await dispatchAll();
  await conductAll(shard);
}
/** Claims what is queued and writes that the provider took it, or what it said instead. */
async function send({ own }: Stage, refused: readonly MemberId[] = []): Promise<Map<MemberId, MessageId>> {
  const { claimed } = await claim(own.workspace, "sms", 100, { worker: "w", provider: "p" });
  await saveDeliveries(
    own.workspace,
    "sms",
    "w",
    claimed.map((message) => ({
      message,
      rendered: { text: "Hello" },
      sent: refused.includes(message.memberId)
        ? { is: "refused", lasting: true, suppress: false, reason: `unknown subscriber ${message.address}` }
        : { is: "accepted", ref: `S${message.id}` },
    })),
  );
  return new Map(claimed.map(({ memberId, id }) => [memberId, id]));
}
async function counts({ own, journey }: Stage, window: "hour" | "day" | "all" = "all") {
  const found = await call(journeyCounts, own.actor(), { journey, window });
  if (!found.ok) throw new Error(found.detail);
  return found.value.messages;
}
async function listed({ own, journey }: Stage, came: (typeof MESSAGE_OUTCOMES)[number], more: object = {}) {
  const found = await call(listMessages, own.actor(), { journey, node: "say", came, ...more });
  if (!found.ok) throw new Error(found.detail);
  return found.value.items.map(({ member }) => member);
}

it("counts what came of each message once, whatever is told twice, and the list holds the very same", async () => {
  const here = await stage(6);
  const { own, people } = here;
  const [delivered, read, bounced, refused, silent, barred] = people as [
    MemberId,
    MemberId,
    MemberId,
    MemberId,
    MemberId,
    MemberId,
  ];
  await engine((tx) =>
    tx.run(sql`
      UPDATE consent SET is_granted = false WHERE workspace_id = ${own.workspace} AND member_id = ${barred} AND channel = 'sms'`),
  );
  await tell(here, "knock", people);
  const ids = await send(here, [refused]);
  const report = async (member: MemberId, is: "sent" | "delivered" | "failed") => {
    const key = ids.get(member) ?? "";
    for (let times = 0; times < 2; times++)
      await receiveReports(
        own.workspace,
        { name: "p", channel: "sms" },
        [{ about: "message", key, ref: `S${key}`, is, suppress: false, ...(is === "failed" && { reason: "30005" }) }],
        new Date(),
      );
  };
  await report(delivered, "delivered");
  await report(read, "sent");
  await report(read, "delivered");
  await report(bounced, "failed");
  const place = { workspace: own.workspace, message: ids.get(read) as MessageId };
  for (let times = 0; times < 2; times++) {
    await follow(signPlace(place, 0, URL), URL, new Date(), true);
    await follow(signPlace(place, 1, URL), URL, new Date(), true);
    await opened(signPlace(place, OPENING), new Date());
  }
  const told = {
    sent: 4,
    notSent: 2,
    undelivered: 1,
    delivered: 2,
    opened: 1,
    clicked: 1,
    converted: 0,
    reasons: expect.arrayContaining([
      { reason: "provider", count: 1 },
      { reason: "no_consent", count: 1 },
    ]),
  };
  for (const window of ["hour", "day", "all"] as const) expect(await counts(here, window)).toEqual({ say: told });

  const sorted = (set: MemberId[]) => [...set].sort();
  expect((await listed(here, "sent")).sort()).toEqual(sorted([delivered, read, bounced, silent]));
  expect((await listed(here, "not_sent")).sort()).toEqual(sorted([refused, barred]));
  expect((await listed(here, "delivered")).sort()).toEqual(sorted([delivered, read]));
  expect(await listed(here, "undelivered")).toEqual([bounced]);
  expect(await listed(here, "opened")).toEqual([read]);
  expect(await listed(here, "clicked")).toEqual([read]);
  expect(await listed(here, "clicked", { since: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
});

it("counts as converted what was sent before the goal, once a run; what had not left by then stays", async () => {
  const here = await stage(3);
  const [bought, late, never] = here.people as [MemberId, MemberId, MemberId];
  await tell(here, "knock", [bought, never]);
  await send(here);
  await tell(here, "knock", [late]);
  // Bought before the message could leave.
  await tell(here, "order_paid", [bought, late]);
  await tell(here, "order_paid", [bought]);
  await send(here);
  expect(await counts(here)).toMatchObject({
    say: { sent: 2, notSent: 1, converted: 1, reasons: [{ reason: "left_journey", count: 1 }] },
  });
  expect(await listed(here, "converted")).toEqual([bought]);
});

it("counts what a stop passed over", async () => {
  const here = await stage(2);
  await tell(here, "knock", here.people);
  await engine(async (tx) => {
    const passed = await passOverHeld(tx, here.own.workspace, here.journey, "journey_stopped", new Date());
    countPassedOver(tx, here.own.workspace, here.journey, "journey_stopped", passed, new Date());
  });
  expect(await counts(here)).toMatchObject({
    say: { sent: 0, notSent: 2, reasons: [{ reason: "journey_stopped", count: 2 }] },
  });
});

it("shows a step's figures at the step of the new version that stands for it", async () => {
  const here = await stage(1);
  await tell(here, "knock", here.people);
  await send(here);
  const next = draft();
  const nodes = next.nodes.map((node) => (node.id === "say" ? { ...node, id: "say-2", replaces: "say" } : node));
  const edges = next.edges.map(({ from, port, to }) => ({
    from: from === "say" ? "say-2" : from,
    port,
    to: to === "say" ? "say-2" : to,
  }));
  await republish(here.own, here.journey, { ...next, nodes, edges }, 2);
  expect(await counts(here)).toMatchObject({ "say-2": { sent: 1 } });
});

it("keeps all time in rows that do not grow with it", async () => {
  const here = await stage(1);
  await tell(here, "knock", here.people);
  await send(here);
  const rows = await peek<{ hours: string; step: StepId }>(sql`
    SELECT CASE WHEN hour = '-infinity' THEN 'all' ELSE 'hour' END AS hours, step FROM message_traffic WHERE workspace_id = ${here.own.workspace} ORDER BY 1`);
  expect(rows.map(({ hours, step }) => `${hours} ${nodeOf(step)}`)).toEqual(["all say", "hour say"]);
});
