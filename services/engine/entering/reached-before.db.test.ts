import { expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { listBroadcasts } from "@/services/broadcasts/list";
import { mergeMember } from "@/services/merging/merge";
import { createSegment } from "@/services/segments/segments";
import { segmentsTurn } from "@/services/segments/turn";
import { database } from "@/tests/harness/database";
import { conductAll, dispatchAll, members, runsOf } from "@/tests/harness/journey";
import { published, value, workAll } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { broadcastTurn } from "./broadcast";
import { enterDue } from "./enter-due";

await database();

const drawing = (trigger: object, last: object, settings: object) => ({
  name: "A crowd",
  entry: "t",
  nodes: [
    { id: "t", ...trigger },
    { id: "gift", kind: "reward", config: { grants: [{ is: "points", points: 50 }] } },
    { id: "last", ...last },
  ],
  edges: [
    { from: "t", port: "next", to: "gift" },
    { from: "gift", port: "granted", to: "last" },
  ],
  settings: { reentry: { is: "after_end" }, ...settings },
});
const ENDS = { kind: "tag", config: { tag: "came", action: "add" } };
const STAYS = { kind: "delay", config: { for: "P30D" } };

const pointsOf = (own: Shop) =>
  peek(sql`SELECT sum(remaining)::int AS points FROM points_lot WHERE workspace_id = ${own.workspace}`);
const pair = async (own: Shop): Promise<[MemberId, MemberId]> => (await members(own, 2)).sort() as [MemberId, MemberId];

it.each([
  ["who is through", ENDS, true],
  ["who is through, before the survivor's turn", ENDS, false],
  ["who is on the way", STAYS, true],
  ["who is on the way, before the survivor's turn", STAYS, false],
] as const)("a broadcast reaches one person once: %s", async (_, last, isBrought) => {
  const own = await shop();
  const [from, into] = await pair(own);
  const trigger = { kind: "on-broadcast", config: { at: "", segment: "", when: { all: [] }, perMinute: 15 } };
  const { id: journey, shard } = await published(own, drawing(trigger, last, {}));
  const [broadcast] = value(await call(listBroadcasts, own.actor(), { journey })).items;
  if (!broadcast) throw new Error("no broadcast");
  /** A page with room for one more. */
  const page = async () => {
    await peek(
      sql`UPDATE broadcast SET rate_from = now() - interval '4.5 seconds', rate_count = 0 WHERE id = ${broadcast.id}`,
    );
    await broadcastTurn(own.workspace, broadcast.id);
    await conductAll(shard);
  };
  await broadcastTurn(own.workspace, broadcast.id);
  await page();
  expect((await runsOf(journey)).map(({ member }) => member)).toEqual([from]);
  await call(mergeMember, own.actor(), { member: from, into });
  if (isBrought) await dispatchAll();
  await page();
  await dispatchAll();
  await conductAll(shard);
  expect((await runsOf(journey)).map(({ member, reason }) => [member, reason])).toEqual([[into, null]]);
  expect(await pointsOf(own)).toEqual([{ points: 50 }]);
});

it("a publish that lets in who is in its segment already lets one person in once", async () => {
  const own = await shop();
  const [from, into] = await pair(own);
  const { id: segment } = value(
    await call(createSegment, own.actor(), { name: "All", rule: { field: "member.orders", is: "gte", value: 0 } }),
  );
  while ((await segmentsTurn(own.workspace)) === "moved");
  const trigger = { kind: "on-segment", config: { segment, change: "entered", when: { all: [] } } };
  const { id: journey, shard } = await published(own, drawing(trigger, ENDS, { existing: { is: "spread", days: 5 } }));
  await workAll(own.workspace);
  const come = async (member: MemberId) => {
    await peek(
      sql`UPDATE due SET at = now() - interval '1 second' WHERE journey_id = ${journey} AND member_id = ${member}`,
    );
    while ((await enterDue(shard)) === "moved");
    await conductAll(shard);
  };
  await come(from);
  expect((await runsOf(journey)).map(({ member }) => member)).toEqual([from]);
  await call(mergeMember, own.actor(), { member: from, into });
  await dispatchAll();
  await come(into);
  expect((await runsOf(journey)).map(({ member }) => member)).toEqual([into]);
  expect(await pointsOf(own)).toEqual([{ points: 50 }]);
});
