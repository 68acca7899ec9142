import pg from "pg";
import { expect, it } from "vitest";
import { laneOf, type MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { databaseUrl } from "@/platform/db/pool";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { startDispatcher } from "./dispatcher";

await database({ max: 20 });

const PLACES = 3;

/** A member for each of so many lanes; `without`: lanes they must not share. */
async function inLanes(own: Shop, count: number, without: ReadonlySet<number> = new Set()) {
  const found = new Map<number, MemberId>();
  for (const member of await members(own, 80)) {
    const lane = laneOf(own.workspace, member);
    if (!without.has(lane) && found.size < count) found.set(lane, member);
  }
  return found;
}

const waiting = async (own: Shop): Promise<number> =>
  (await peek<{ n: number }>(sql`SELECT count(*)::int AS n FROM inbox WHERE workspace_id = ${own.workspace}`))[0]?.n ??
  0;

const everyPing = (limits = {}) => ({
  name: "Every ping",
  entry: "t",
  nodes: [
    { id: "t", kind: "on-event", config: { event: "ping", when: { all: [] } } },
    { id: "w", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "t", port: "next", to: "w" }],
  settings: { reentry: { is: "always" as const }, ...limits },
});

it("does not let another workspace's event wait for as many floods as there are places", async () => {
  const own = await shop();
  await liveJourney(own, everyPing());
  const crowd = await inLanes(own, PLACES);
  for (const member of crowd.values())
    await accept(
      own,
      Array.from({ length: 1000 }, () => ({ member, event: event("ping") })),
    );
  const other = await shop();
  const [one] = (await inLanes(other, 1, new Set(crowd.keys()))).values();
  if (!one) throw new Error("no member in a lane of its own");
  const stop = await startDispatcher(PLACES);
  await until(async () => (await waiting(own)) < PLACES * 1000);
  await accept(other, [{ member: one, event: event("store_visit") }]);
  await until(async () => (await waiting(other)) === 0);
  expect(await waiting(own)).toBeGreaterThan(PLACES * 500);
  await stop();
});

it("gives the place of a lane that waits for runs on their way to others", async () => {
  const own = await shop();
  const journey = await liveJourney(own, everyPing({ limits: { live: 1 } }));
  const [first, ...rest] = [...(await inLanes(own, PLACES + 1)).values()];
  if (!first) throw new Error("no members");
  await accept(own, [{ member: first, event: event("ping") }]);
  await dispatchAll({ carries: false });
  // The run is about to move and cannot: whoever is after the one place waits for it.
  const held = new pg.Client({ connectionString: databaseUrl() });
  await held.connect();
  await held.query("BEGIN");
  await held.query("SELECT 1 FROM run WHERE journey_id = $1 FOR UPDATE", [journey.id]);
  await accept(
    own,
    rest.map((member) => ({ member, event: event("ping") })),
  );
  const other = await shop();
  const lanes = new Set(rest.map((member) => laneOf(own.workspace, member)));
  const [one] = (await inLanes(other, 1, lanes)).values();
  if (!one) throw new Error("no member in a lane of its own");
  const stop = await startDispatcher(PLACES);
  await accept(other, [{ member: one, event: event("store_visit") }]);
  await until(async () => (await waiting(other)) === 0);
  expect(await waiting(own)).toBe(PLACES);
  await held.query("ROLLBACK");
  await held.end();
  await stop();
});
