import { expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { startBroadcast } from "@/services/broadcasts/control";
import { listBroadcasts } from "@/services/broadcasts/list";
import { database } from "@/tests/harness/database";
import { conductAll, members, runsOf } from "@/tests/harness/journey";
import { published, value, workAll } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import type { Shard } from "../shard";
import { broadcastTurn } from "./broadcast";
import { enterDue } from "./enter-due";

await database();

const afterEnd = (kind: string, config: object) => ({
  name: kind,
  entry: "t",
  nodes: [
    { id: "t", kind, config: { when: { all: [] }, ...config } },
    { id: "tag", kind: "tag", config: { tag: "reached", action: "add" } },
  ],
  edges: [{ from: "t", port: "next", to: "tag" }],
  settings: { reentry: { is: "after_end" } },
});
type Comes = (own: Shop, shard: Shard) => Promise<void>;

const clock: Comes = async ({ workspace }, shard) => {
  await peek(sql`UPDATE due SET at = now() - interval '1 second', done = NULL WHERE workspace_id = ${workspace}`);
  while ((await enterDue(shard)) === "moved");
};
const sending: Comes = async (own, { journey }) => {
  const asked = await call(startBroadcast, own.actor(), { journey, planned: "keep" });
  // Refused while one is under way, which goes on then.
  if (!asked.ok) expect(asked.reason).toBe("conflict");
  for (const { id } of value(await call(listBroadcasts, own.actor(), { journey })).items)
    while ((await broadcastTurn(own.workspace, id)).is === "moved");
};

it.each([
  ["a clock", clock, "on-inactivity", { of: "visit", days: 30 }],
  ["a broadcast", sending, "on-broadcast", { at: "2099-01-01T10:00", segment: "", perMinute: 0 }],
] as const)(
  "%s asks of a member's runs as they stand: who has not moved on is turned away, who has is let in",
  async (_, comes, kind, config) => {
    const own = await shop();
    await members(own, 3);
    await peek(sql`UPDATE member SET last_visit_at = now() - interval '20 days' WHERE workspace_id = ${own.workspace}`);
    const { id, shard } = await published(own, afterEnd(kind, config));
    await workAll(own.workspace);
    await peek(sql`UPDATE member SET last_visit_at = now() - interval '31 days' WHERE workspace_id = ${own.workspace}`);
    const entered = async () => {
      await comes(own, shard);
      return (await runsOf(id)).length;
    };
    expect([await entered(), await entered()]).toEqual([3, 3]);
    expect(
      await peek(sql`SELECT reason, count(*)::int AS n FROM turned_away WHERE journey_id = ${id} GROUP BY 1`),
    ).toEqual([{ reason: "re_entry", n: 3 }]);
    await conductAll(shard);
    expect(await entered()).toBe(6);
  },
);

it.each([
  ["a clock", clock, "on-inactivity", { of: "visit", days: 30 }],
  ["a broadcast", sending, "on-broadcast", { at: "2099-01-01T10:00", segment: "", perMinute: 0 }],
] as const)(
  "%s lets in behind those whose time was up before, and have not moved since nobody was there",
  async (_, comes, kind, config) => {
    for (const [settings, ago] of [
      [{ reentry: { is: "after_end" } }, "1 hour"],
      [{ reentry: { is: "always" }, limits: { live: 3 } }, "1 hour"],
      // The clock's instant is a second ago, a broadcast's is now.
      [{ reentry: { is: "after_end" } }, "1.2 seconds"],
    ] as const) {
      const own = await shop();
      await members(own, 3);
      const visited = (days: number) =>
        peek(
          sql`UPDATE member SET last_visit_at = now() - make_interval(days => ${days}) WHERE workspace_id = ${own.workspace}`,
        );
      await visited(20);
      const document = afterEnd(kind, config);
      const { id, shard } = await published(own, {
        ...document,
        nodes: [...document.nodes, { id: "wait", kind: "delay", config: { for: "P1D" } }],
        edges: [...document.edges, { from: "tag", port: "next", to: "wait" }],
        settings,
      });
      await workAll(own.workspace);
      await visited(31);
      const entered = async () => {
        await comes(own, shard);
        await conductAll(shard);
        return (await runsOf(id)).length;
      };
      expect(await entered()).toBe(3);
      await peek(sql`UPDATE run SET due_at = now() - ${ago}::interval WHERE journey_id = ${id}`);
      // Nobody is turned away, and as the conductor has moved them, all are let in.
      expect(await entered()).toBe(3);
      expect(await peek(sql`SELECT reason FROM turned_away WHERE journey_id = ${id}`)).toEqual([]);
      expect(await entered()).toBe(6);
    }
  },
);
