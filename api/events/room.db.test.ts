import { expect, it } from "vitest";
import type { WorkspaceId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { WriteKey } from "@/services/access/actor-from-key";
import { requeue } from "@/services/events/requeue";
import { watchBacklog } from "@/services/intake/backlog";
import { database } from "@/tests/harness/database";
import { event, members } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { room } from "./room";

await database();

const keyOf = (workspace: WorkspaceId): WriteKey => ({
  workspace,
  key: newId(),
  isTrusted: true,
  currency: "CNY",
  timeZone: "Asia/Shanghai",
});
const store = (of: Record<WorkspaceId, number> = {}) => ({
  waiting: () => Object.values(of).reduce((all, one) => all + one, 0),
  waitingOf: (workspace: WorkspaceId) => of[workspace] ?? 0,
});

it("sends away the workspace whose events wait by the thousand, and takes another's", async () => {
  const [loud, quiet] = [await shop(), await shop()];
  const [member] = await members(loud, 1);
  const [other] = await members(quiet, 1);
  if (!member || !other) throw new Error("no members");
  await engine(async (tx) => {
    const waiting = Array.from({ length: 60 }, () => ({ lane: 0, member, event: event("came") }));
    requeue(tx, loud.workspace, waiting);
    requeue(tx, quiet.workspace, [{ lane: 0, member: other, event: event("came") }]);
    // The running count of rows is Postgres' own, told when a transaction's statistics are flushed.
    await tx.run(sql`SELECT pg_stat_force_next_flush()`);
  });
  const backlog = watchBacklog(50);
  await until(async () => backlog.total() > 50 && backlog.of(loud.workspace) > 0, { what: "the backlog" });
  expect(backlog.of(loud.workspace)).toBe(60);
  const place = room(store(), { mostWaiting: 50 });
  await until(async () => place.for(keyOf(loud.workspace), 1) !== undefined || place.forAnybody(), { what: "no room" });
  expect(place.forAnybody()).toBeUndefined();
  expect(place.for(keyOf(loud.workspace), 1)).toMatchObject({
    refusal: { reason: "too_many_requests" },
    afterSeconds: 2,
  });
  expect(place.for(keyOf(quiet.workspace), 1)).toBeUndefined();
});

it("leaves half of the memory to others while the database is slow", () => {
  const [loud, quiet] = [newId<WorkspaceId>(), newId<WorkspaceId>()];
  const place = room(store({ [loud]: 10_001, [quiet]: 5_000 }), {});
  expect(place.forAnybody()).toBeUndefined();
  expect(place.for(keyOf(loud), 1)).toMatchObject({ refusal: { reason: "too_many_requests" } });
  expect(place.for(keyOf(quiet), 1)).toBeUndefined();
  expect(room(store({ [loud]: 20_001 }), {}).forAnybody()).toMatchObject({ refusal: { reason: "busy" } });
});

it("holds a write key to the rate that was set, and says when to come back", () => {
  const place = room(store(), { perSecond: 100 });
  const key = keyOf(newId<WorkspaceId>());
  expect(place.for(key, 200)).toBeUndefined();
  expect(place.for(key, 150)).toMatchObject({ refusal: { reason: "too_many_requests" }, afterSeconds: 2 });
  expect(place.for({ ...key, key: newId() }, 1)).toBeUndefined();
});
