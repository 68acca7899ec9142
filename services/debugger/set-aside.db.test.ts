import { expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { listAudit } from "@/services/audit/list";
import { readHome } from "@/services/insight/home";
import { database } from "@/tests/harness/database";
import { event, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { bury } from "../events/bury";
import { countReplayable, listDeadLetters, replayDeadLetter, replayDeadLetters } from "./dead-letters";
import { setLettersAside, takeLettersBack } from "./set-aside";

await database();

async function buried(own: Shop, count: number, reason = "broken rule"): Promise<MemberId> {
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await engine(async (tx) => {
    for (let i = 0; i < count; i++)
      await bury(tx, own.workspace, { kind: "event", reason, member, payload: event("store_visit") });
  });
  return member;
}
const listed = async (own: Shop, state: string) => {
  const found = await call(listDeadLetters, own.actor("ops"), { state });
  if (!found.ok) throw new Error(found.reason);
  return found.value.items;
};
const waiting = async (own: Shop) => {
  const home = await call(readHome, own.actor("ops"), {});
  return home.ok && home.value.attention.deadLetters;
};

it("leaves the open ones with who and why, is counted and judged no longer, and can be taken back", async () => {
  const own = await shop();
  await buried(own, 3);
  const [first] = await listed(own, "open");
  const ops = own.actor("ops");
  expect(await call(setLettersAside, ops, { letters: [first?.id] })).toMatchObject({ reason: "invalid" });
  const set = await call(setLettersAside, ops, { letters: [first?.id], why: "A test of the till" });
  expect(set).toMatchObject({ value: { letters: [first?.id], left: 0 } });
  expect(await listed(own, "open")).toHaveLength(2);
  expect(await listed(own, "closed")).toEqual([]);
  expect(await listed(own, "set_aside")).toMatchObject([
    { id: first?.id, setAside: { why: "A test of the till" }, mayJudge: false, replayedAt: null },
  ]);
  expect(await waiting(own)).toBe(2);
  expect(await call(replayDeadLetter, ops, { letter: first?.id })).toMatchObject({ reason: "conflict" });
  expect(await call(countReplayable, ops, {})).toMatchObject({ value: { count: 2, others: 0 } });
  expect(await call(takeLettersBack, ops, { letters: [first?.id] })).toMatchObject({ value: { count: 1 } });
  expect(await call(takeLettersBack, ops, { letters: [first?.id] })).toMatchObject({ reason: "not_found" });
  expect(await listed(own, "open")).toHaveLength(3);
  expect(await waiting(own)).toBe(3);
  const audited = await peek<{ action: string; detail: unknown }>(sql`
    SELECT action, detail FROM audit WHERE workspace_id = ${own.workspace} AND action LIKE 'dead_letters.%' ORDER BY id`);
  expect(audited).toEqual([
    { action: "dead_letters.set_aside", detail: { letters: [first?.id], count: 1, note: "A test of the till" } },
    { action: "dead_letters.taken_back", detail: { letters: [first?.id], count: 1 } },
  ]);
  const told = await call(listAudit, own.actor(), {});
  const letter = { thing: "letter", id: first?.id, name: expect.stringMatching(/^store_visit · ./) };
  expect(told.ok && told.value.items.map(({ others, facts }) => [others, facts.map(({ field }) => field)])).toEqual([
    [[letter], ["count"]],
    [[letter], ["note", "count"]],
  ]);
});

it("sets aside all that a filter finds, of this workspace only, and only by who may", async () => {
  const own = await shop();
  const other = await shop();
  await buried(own, 2);
  await buried(own, 1, "another");
  await buried(other, 1);
  const ask = { reason: "broken rule", why: "known" };
  expect(await call(setLettersAside, own.actor("viewer"), ask)).toMatchObject({ reason: "not_allowed" });
  expect(await call(setLettersAside, own.actor("ops"), ask)).toMatchObject({ value: { left: 0 } });
  expect(await listed(own, "set_aside")).toHaveLength(2);
  expect(await listed(own, "open")).toHaveLength(1);
  expect(await listed(other, "open")).toHaveLength(1);
  const [theirs] = await listed(own, "set_aside");
  expect(await call(takeLettersBack, other.actor("ops"), { letters: [theirs?.id] })).toMatchObject({
    reason: "not_found",
  });
});

it("either judges or sets aside when two ask at one instant", async () => {
  const own = await shop();
  await buried(own, 40);
  const ops = own.actor("ops");
  await Promise.all([
    call(replayDeadLetters, ops, {}),
    call(setLettersAside, ops, { why: "nobody's" }),
    call(replayDeadLetters, ops, {}),
  ]);
  const [row] = await peek<{ both: number; neither: number }>(sql`
    SELECT count(*) FILTER (WHERE replayed_at IS NOT NULL AND set_aside_at IS NOT NULL)::int AS both,
      count(*) FILTER (WHERE replayed_at IS NULL AND set_aside_at IS NULL)::int AS neither
    FROM dead_letter WHERE workspace_id = ${own.workspace}`);
  expect(row).toEqual({ both: 0, neither: 0 });
});
