import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { peek, Sql, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";

await database();

const seen = (settings: object) => ({
  name: "Parcels",
  entry: "seen",
  nodes: [
    { id: "seen", kind: "on-event", config: { event: "parcel_seen", when: { all: [] } } },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "seen", port: "next", to: "wait" }],
  settings,
});
const BY_ORDER = { reentry: { is: "per_key", key: "order_id" } };
const one = async (own: Shop): Promise<MemberId> => {
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  return member;
};
async function tell(own: Shop, member: MemberId, orders: readonly string[]): Promise<void> {
  await accept(
    own,
    orders.map((order_id) => ({ member, event: event("parcel_seen", { order_id }) })),
  );
  await dispatchAll();
}
/** Random, as Postgres compresses what repeats. */
const text = (length: number) =>
  Array.from({ length }, (_, i) => String.fromCharCode(0x4e00 + ((i * i * 7919) % 20_000))).join("");

it("lets a key of any length enter once, and keeps the event from no other journey", async () => {
  const own = await shop();
  const keyed = await liveJourney(own, seen(BY_ORDER));
  const every = await liveJourney(own, seen({ reentry: { is: "always" } }));
  const long = text(6700);
  await tell(own, await one(own), [long, long, `${long}!`]);
  expect(await runsOf(keyed.id)).toHaveLength(2);
  expect(await runsOf(every.id)).toHaveLength(3);
});

it("does not let in once more who entered by a long key when it stood whole: the migration tells it as it is told since", async () => {
  const own = await shop();
  const { id } = await liveJourney(own, seen(BY_ORDER));
  const member = await one(own);
  const [long, again, astral] = [text(501), `!${text(600)}`, `${"n".repeat(600)}😀`];
  await tell(own, member, [long, again, astral, "short"]);
  const now = await keys(own);
  // As they were kept before.
  for (const [whole, short] of [
    [long, now.find((key) => key.startsWith(long.slice(0, 400)))],
    [astral, now.find((key) => key.startsWith("nnn"))],
  ]) {
    await peek(sql`UPDATE run SET entry_key = ${whole} WHERE workspace_id = ${own.workspace} AND entry_key = ${short}`);
    await peek(sql`UPDATE entry SET key = ${whole} WHERE workspace_id = ${own.workspace} AND key = ${short}`);
  }
  const before = await keys(own);
  for (let times = 0; times < 2; times++) for (const statement of STATEMENTS) await peek(new Sql([statement], []));
  expect(await keys(own)).toEqual(now.map((key) => (key.startsWith("nnn") ? astral : key)).sort());
  expect(before).not.toEqual(await keys(own));
  await tell(own, member, [long, again, "short"]);
  expect(await runsOf(id)).toHaveLength(4);
  const apart = await peek(sql`
    SELECT 1 FROM run r WHERE r.workspace_id = ${own.workspace} AND NOT EXISTS (
      SELECT FROM entry e WHERE e.workspace_id = r.workspace_id AND e.journey_id = r.journey_id AND e.member_id = r.member_id AND e.key = r.entry_key)`);
  expect(apart).toEqual([]);
});

const keys = async (own: Shop): Promise<string[]> =>
  (await peek<{ key: string }>(sql`SELECT key FROM entry WHERE workspace_id = ${own.workspace}`))
    .map(({ key }) => key)
    .sort();

const STATEMENTS = readFileSync("prisma/migrations/20261130012000_long_keys/migration.sql", "utf8")
  .split(";\n")
  .filter((statement) => /^UPDATE/m.test(statement));
