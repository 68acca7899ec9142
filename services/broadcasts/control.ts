import { z } from "zod";
import { broadcastConductor, type JourneyId, type WorkspaceId } from "@/core/ids";
import { InstantText } from "@/core/instant";
import { type Outcome, ok, refuse } from "@/core/refusals";
import type { Text } from "@/core/text";
import { type Sql, sql, type Tx } from "@/platform/db";
import { signature } from "../access/actor";
import { type Call, useCase } from "../access/use-case";
import { holdJourney } from "../plans/hold";
import { loadPlans } from "../plans/plans";
import { announce } from "../rings/announce";
import { ring } from "../rings/ring";
import { openBroadcast, reachOf } from "./open";
import { nextPlanned, passOverPlanned } from "./pass-over";
import { goOnBehind } from "./schedule";
import { BroadcastView, broadcastOf } from "./view";

export const startBroadcast = useCase({
  may: "journey.operate",
  input: z.strictObject({
    journey: z.uuid().transform((id) => id as JourneyId),
    at: InstantText.optional().describe("when it begins; absent = now"),
    planned: z
      .enum(["keep", "replace"])
      .optional()
      .describe(
        "what becomes of broadcasts of it that wait for an instant to come: keep = they come as well, replace = this one comes instead; absent = with `at` they are kept, without it this is refused (409 conflict) while one waits",
      ),
  }),
  output: BroadcastView,
  audit: "broadcast.asked",
  says: "Send a live broadcast journey to its audience once more: at an instant, or now, unless one of it is under way, or planned and nothing is said of that (409 conflict)",
  async run({ tx, actor, now }, { journey, at, planned }): Promise<Outcome<BroadcastView>> {
    const { workspace } = actor;
    holdJourney(tx, journey);
    const found = await tx.one<{
      state: string;
      plan: Parameters<typeof loadPlans>[2] extends Iterable<infer P> ? P | null : never;
    }>(sql`SELECT state, plan_id AS plan FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`);
    if (!found) return refuse("not_found", "no such journey");
    const plan = found.plan && (await loadPlans(tx, workspace, [found.plan])).get(found.plan);
    if (found.state !== "live" || !plan)
      return refuse("not_live", `only a live journey can be sent; this one is ${found.state}`);
    const { entry } = plan;
    if (entry.on !== "broadcast" && entry.on !== "schedule")
      return refuse("conflict", "members enter this journey by themselves; it has no audience to be sent to");
    const startsAt = at === undefined ? now : new Date(at);
    if (startsAt < now) return refuse("invalid", "should be an instant to come", ["at"]);
    oneAfterTheOther(tx, journey);
    if (planned === "replace") await passOverPlanned(tx, workspace, journey, now);
    if (at === undefined) {
      // Asked for last: one that was planned may have begun by now.
      const before = await underWay(tx, workspace, journey, now);
      if (before) return refuse("conflict", goesOn(before));
      const ahead = planned === undefined && (await nextPlanned(tx, workspace, journey, now));
      if (ahead) return refuse("conflict", isPlanned(ahead), ["planned"]);
    }
    const id = await openBroadcast(tx, workspace, journey, {
      startsAt,
      reach: reachOf(entry),
      by: signature(actor),
      now,
    });
    if (id === undefined)
      return refuse("conflict", "a broadcast of this journey begins at that very instant already", ["at"]);
    const made = await broadcastOf({ tx, actor, now }, id);
    return made ? ok(made) : refuse("not_found");
  },
});

type UnderWay = Pick<BroadcastView, "id" | "state"> & { since: Date };

/** Of requests at once each waits for the one before, so that the second finds the first's broadcast. */
const oneAfterTheOther = (tx: Tx, journey: JourneyId): void =>
  tx.push(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`broadcast ${journey}`}, 0))`);

/** The broadcast of a journey that was to have begun and has not let everybody in yet. */
const underWay = (tx: Tx, workspace: WorkspaceId, journey: JourneyId, now: Date): Promise<UnderWay | undefined> =>
  // Asked for at once (created_at) counts whatever the clock of whoever asked.
  tx.one<UnderWay>(sql`
    SELECT id, state, coalesce(started_at, starts_at) AS since FROM broadcast
    WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state IN ('waiting', 'running', 'paused')
      AND (starts_at <= ${now} OR starts_at <= created_at)
    ORDER BY starts_at, id LIMIT 1`);

const isPlanned = ({ id, at }: { id: string; at: Date }): Text => ({
  en: `broadcast ${id} of this journey is planned for ${at.toISOString()}: say with planned whether it comes as well (keep) or this one instead (replace)`,
  "zh-CN": `此旅程已排定群发 ${id}（${at.toISOString()}）：请用 planned 说明照常发送（keep），还是由这次取代（replace）`,
});

function goesOn({ id, state, since }: UnderWay): Text {
  const at = since.toISOString();
  return state === "paused"
    ? {
        en: `broadcast ${id} of this journey, since ${at}, is paused: resume or cancel it first`,
        "zh-CN": `此旅程的群发 ${id}（始于 ${at}）已暂停：请先继续或取消它`,
      }
    : {
        en: `broadcast ${id} of this journey is under way since ${at}: send again when everybody has entered, or cancel it first`,
        "zh-CN": `此旅程的群发 ${id} 自 ${at} 起正在进行：请待会员全部进入后再发，或先取消它`,
      };
}

/** Changes a broadcast's state, if it stands in one that allows it, and rings its conductor. */
const control = (
  audit: "broadcast.paused" | "broadcast.resumed" | "broadcast.cancelled",
  says: string,
  from: readonly string[],
  set: (now: Date) => Sql,
  then?: (call: Pick<Call, "tx" | "actor" | "now">, found: BroadcastView) => Promise<void>,
) =>
  useCase({
    may: "journey.operate",
    input: z.strictObject({ broadcast: z.uuid() }),
    output: BroadcastView,
    audit,
    says,
    async run(call, { broadcast }): Promise<Outcome<BroadcastView>> {
      const { tx, actor, now } = call;
      const of = await tx.one<{ journey: JourneyId }>(
        sql`SELECT journey_id AS journey FROM broadcast WHERE workspace_id = ${actor.workspace} AND id = ${broadcast}`,
      );
      if (!of) return refuse("not_found", "no such broadcast");
      // The journey first, as everywhere.
      holdJourney(tx, of.journey);
      const changed = await tx.run(sql`
        UPDATE broadcast SET ${set(now)} WHERE workspace_id = ${actor.workspace} AND id = ${broadcast} AND state = ANY(${[...from]}::text[])`);
      const found = await broadcastOf(call, broadcast);
      if (!found) return refuse("not_found", "no such broadcast");
      if (changed === 0) return refuse("conflict", `this broadcast is ${found.state}`);
      await then?.(call, found);
      await ring(tx, actor.workspace, [broadcastConductor(broadcast)]);
      await announce(tx, actor.workspace, `journey:${found.journey}`);
      return ok(found);
    },
  });

export const pauseBroadcast = control(
  "broadcast.paused",
  "Halt a broadcast; who entered goes on",
  ["waiting", "running"],
  () => sql`state = 'paused'`,
);
export const resumeBroadcast = control(
  "broadcast.resumed",
  "Let a broadcast go on where it halted, at its steady rate",
  ["paused"],
  (now) =>
    sql`state = CASE WHEN started_at IS NULL THEN 'waiting' ELSE 'running' END, rate_from = ${now}, rate_count = 0`,
);
export const cancelBroadcast = control(
  "broadcast.cancelled",
  "End a broadcast; who entered goes on, nobody else enters. A round of a schedule is left out, and its next one waits: the schedule ends when its journey stops",
  ["waiting", "running", "paused"],
  (now) => sql`state = 'cancelled', ended_at = ${now}`,
  ({ tx, actor, now }, { journey, startsAt: left }) =>
    goOnBehind(tx, actor.workspace, journey as JourneyId, { left, by: signature(actor), now }),
);
