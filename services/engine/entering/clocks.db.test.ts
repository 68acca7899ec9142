import { expect, it } from "vitest";
import type { EventId, MemberId, RunId, StepId } from "@/core/ids";
import { engine, peek, type Sql, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { lockMembers } from "@/services/members/lock";
import { database } from "@/tests/harness/database";
import { liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { sendMessage } from "../effects/send-message";
import { enter } from "./enter";
import { holdGroup } from "./limits";

await database();

/** The clocks of the database's sessions go forward between the two, those of the shop never. */
const [BEFORE, AFTER] = [new Date("2026-10-03T12:00:00Z"), new Date("2026-10-04T11:30:00Z")];
const DAY = 86_400_000;

const text = {
  channel: "sms",
  purpose: "service",
  expiresAfter: "P1D",
  content: { sms: { "zh-CN": { text: "您好" } } },
};
const drawing = (settings: object) => ({
  name: "clocks",
  entry: "paid",
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "thanks", kind: "send", config: text },
  ],
  edges: [{ from: "paid", port: "next", to: "thanks" }],
  settings,
});

async function comes(tx: Tx, own: Shop, journey: Awaited<ReturnType<typeof liveJourney>>, member: MemberId, now: Date) {
  const at = now.getTime();
  const event = { id: newId<EventId>(at), name: "order_paid", properties: {}, occurredAt: at, acceptedAt: at };
  const locked = await lockMembers(tx, own.workspace, [member]);
  return enter(
    tx,
    { workspace: own.workspace, now, zone: "Asia/Shanghai" },
    { ...journey, shards: 1, holdout: null },
    [{ member, key: "", event: { ...event, isHistorical: false } }],
    { locked, isBulk: false },
  );
}
const the = async (own: Shop): Promise<MemberId> => (await members(own, 1))[0] as MemberId;
const instant = async (what: Sql): Promise<string | undefined> =>
  (await peek<{ at: Date }>(sql`SELECT ${what}`))[0]?.at.toISOString();

it("lets a member in again after days of 24 hours each, whatever the clocks of the database's session did", async () => {
  const own = await shop();
  const journey = await liveJourney(own, drawing({ reentry: { is: "every", days: 1 } }));
  const member = await the(own);
  const come = (now: Date) => engine(async (tx) => (await comes(tx, own, journey, member, now)).length);
  expect(await come(BEFORE)).toBe(1);
  expect(await come(AFTER)).toBe(0);
  expect(await come(new Date(BEFORE.getTime() + DAY))).toBe(1);
});

it("holds a group for days of 24 hours each", async () => {
  const own = await shop();
  const journey = await liveJourney(own, drawing({ group: { name: "birthday", days: 1 } }));
  const member = await the(own);
  await engine(async (tx) => {
    const [run] = await comes(tx, own, journey, member, BEFORE);
    await holdGroup(tx, own.workspace, journey.plan, [{ id: run?.id as RunId, member }], BEFORE);
  });
  expect(await instant(sql`until AS at FROM entry_group WHERE workspace_id = ${own.workspace}`)).toBe(
    new Date(BEFORE.getTime() + DAY).toISOString(),
  );
});

it("lets a message end on the member's clocks, as the wait for it does", async () => {
  const own = await shop();
  const journey = await liveJourney(own, drawing({}));
  const member = await the(own);
  // New York's clocks go forward in the night.
  const now = new Date("2027-03-13T20:00:00Z");
  await engine(async (tx) => {
    const [run] = await comes(tx, own, journey, member, now);
    if (!run) throw new Error("nobody entered");
    const traveller = { timeZone: "America/New_York" } as never;
    const at = { workspace: own.workspace, now, zone: "Asia/Shanghai", shelf: {} as never };
    await sendMessage(tx, { ...at, members: new Map([[member, traveller]]) }, [
      {
        run,
        plan: journey.plan,
        step: "thanks.start" as StepId,
        lap: 0,
        index: 0,
        effect: { effect: "sendMessage", channel: "sms", purpose: "service", expiresAfter: "P1D" } as never,
      },
    ]);
  });
  expect(await instant(sql`expires_at AS at FROM message WHERE workspace_id = ${own.workspace}`)).toBe(
    "2027-03-14T19:00:00.000Z",
  );
});
