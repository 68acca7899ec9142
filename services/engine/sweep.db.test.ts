import { expect, it } from "vitest";
import { type ConductorId, segmentsConductor } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { createSegment } from "@/services/segments/segments";
import { segmentsTurn } from "@/services/segments/turn";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import { sweep } from "./sweep";

await database();

const swept = async (conductor: string): Promise<boolean> => (await sweep()).some((one) => one.conductor === conductor);
const sleepTo = (conductor: ConductorId | string, until: string | null): Promise<unknown> =>
  peek(
    sql`UPDATE conductor SET is_awake = false, next_due = clock_timestamp() + ${until}::interval WHERE id = ${conductor}`,
  );

it("finds who sleeps past a run that a turn parked, when nobody heard of it", async () => {
  const own = await shop();
  const delay = { id: "wait", kind: "delay", config: { for: "PT1H" } };
  const { id } = await liveJourney(own, line([[delay, "next"], tagged("after", "waited")]));
  const conductor = `journey/${id}/0`;
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid") }]);
  await dispatchAll();
  expect(await swept(conductor)).toBe(false);
  await peek(sql`UPDATE run SET due_at = clock_timestamp() - interval '3 seconds' WHERE journey_id = ${id}`);
  expect(await swept(conductor)).toBe(true);
  await sleepTo(conductor, "1 hour");
  expect(await swept(conductor)).toBe(true);
  // Whom their own events hold back, the turn that takes the last of these notes.
  await accept(own, [{ member, event: event("looked_around") }]);
  await peek(sql`UPDATE inbox SET accepted_at = now() - interval '4 seconds' WHERE workspace_id = ${own.workspace}`);
  expect(await swept(conductor)).toBe(false);
  await peek(sql`DELETE FROM inbox WHERE workspace_id = ${own.workspace}`);
  expect(await swept(conductor)).toBe(true);
  await sleepTo(conductor, "250 milliseconds");
  expect(await swept(conductor)).toBe(false);
});

it("finds who sleeps past a member's instant, of a journey's entry and of a segment", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const { id } = await liveJourney(own, line([tagged("after", "waited")]));
  const conductor = `journey/${id}/0`;
  await peek(sql`
    INSERT INTO due (workspace_id, journey_id, shard, member_id, at)
    VALUES (${own.workspace}, ${id}, 0, ${member}, clock_timestamp() - interval '3 seconds')`);
  expect(await swept(conductor)).toBe(true);
  await sleepTo(conductor, "250 milliseconds");
  expect(await swept(conductor)).toBe(false);

  const rule = { field: "member.last_order_at", is: "not_within_days", value: 30 };
  expect(await call(createSegment, own.actor(), { name: "Away", rule })).toMatchObject({ ok: true });
  while ((await segmentsTurn(own.workspace)) !== "idle");
  const keeper = segmentsConductor(own.workspace);
  expect(await swept(keeper)).toBe(false);
  await peek(sql`
    INSERT INTO segment_member (workspace_id, segment_id, member_id, is_in, changed_at, next_at)
    SELECT ${own.workspace}, id, ${member}, false, now(), clock_timestamp() - interval '3 seconds' FROM segment WHERE workspace_id = ${own.workspace}`);
  expect(await swept(keeper)).toBe(true);
});
