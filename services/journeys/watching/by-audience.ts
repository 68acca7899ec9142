import type { MemberId } from "@/core/ids";
import { type Entry, isTimed } from "@/core/plan/entry";
import type { Plan } from "@/core/plan/plan";
import { date } from "@/core/rules/words";
import type { Text } from "@/core/text";
import { type Sql, sql, type Tx } from "@/platform/db";
import { veiled } from "../../runs/veil";
import type { Finding } from "../../runs/why";
import { asNow, type Considered, inVain, type Known, ofNobody } from "./considered";
import type { Of } from "./happened-to";

/** A journey's broadcasts, of which the newest are told. */
const MOST = 20;

type Row = {
  state: "waiting" | "running" | "paused" | "done" | "cancelled";
  startsAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  isPast: boolean;
};

/** Over a broadcast `b`: it has come to where this member would have been, in the order of members. */
export const isPast = (member: MemberId): Sql =>
  sql`(b.state = 'done' OR coalesce(b.position >= ${member}::uuid, false))`;

/**
 * What broadcasts and schedules of the last days came to for a member whom they neither let in nor turned away: passed by, not come to, called off, or
 * still to come. By broadcast_journey, run_member and the primary key of turned_away.
 */
export async function sentWithout(
  tx: Tx,
  known: Known,
  of: Of,
  plan: Plan,
  { beside, isPaused }: { beside: Finding[]; isPaused: boolean },
): Promise<Considered[]> {
  const { workspace, member, journey, since } = of;
  const { entry } = plan;
  const rows = await tx.rows<Row>(sql`
    SELECT b.state, b.starts_at AS "startsAt", b.started_at AS "startedAt", b.ended_at AS "endedAt", ${isPast(member)} AS "isPast" FROM broadcast b
    WHERE b.workspace_id = ${workspace} AND b.journey_id = ${journey} AND coalesce(b.ended_at, 'infinity') > ${since}
      AND NOT EXISTS (
        SELECT FROM run r WHERE r.member_id = ${member} AND r.workspace_id = b.workspace_id AND r.journey_id = b.journey_id
          AND r.entry_event -> 'properties' ->> 'broadcast_id' = b.id::text)
      AND NOT EXISTS (
        SELECT FROM turned_away a WHERE a.workspace_id = b.workspace_id AND a.member_id = ${member} AND a.journey_id = b.journey_id
          AND a.at >= b.started_at AND a.at <= coalesce(b.ended_at, 'infinity'))
    ORDER BY b.id DESC LIMIT ${MOST}`);
  const found = asNow(known, plan, beside);
  const now = new Date(known.today.now);
  return rows.flatMap(({ state, startsAt, startedAt, endedAt, isPast }, i): Considered[] => {
    if (startedAt && isPast) return [inVain(entry.event, startedAt, { ...found, outcome: "not_in_audience" })];
    if (state === "cancelled")
      // Those that a later publish took the place of before they began tell nothing.
      return startedAt || i === 0
        ? [ofNobody(entry.event, endedAt ?? startsAt, { outcome: "called_off", findings: [] })]
        : [];
    const says = isPaused
      ? JOURNEY_PAUSED
      : state === "paused"
        ? PAUSED
        : startedAt
          ? undefined
          : setFor(startsAt, known);
    return [
      { ...ofNobody(entry.event, now, { ...found, outcome: "not_yet" }, { ...(says && { says }) }), event: null },
    ];
  });
}

const JOURNEY_PAUSED: Text = {
  en: "The journey is paused: what it sends waits until it goes on.",
  "zh-CN": "旅程已暂停：恢复后才会继续发送。",
};
const PAUSED: Text = {
  en: "The broadcast is paused, and has not come to the member yet.",
  "zh-CN": "群发已暂停，尚未轮到该会员。",
};
const setFor = (at: Date, { names: { zone } }: Known): Text => ({
  en: `It is to be sent ${date(at.toISOString(), "en", zone)}; whom it reaches is judged then.`,
  "zh-CN": `将于 ${date(at.toISOString(), "zh-CN", zone)} 发送，届时再判断会员是否在受众内。`,
});

/** Whether an entry is made by whoever looks for its members, and not by what happens to them. */
export const isSent = ({ on }: Entry): boolean => on === "broadcast" || on === "schedule";

/** Besides its rule, an entry asks whether the member is in its segment. By the primary key of segment_member. */
export async function besideRule(tx: Tx, known: Known, member: MemberId, entry: Entry): Promise<Finding[]> {
  const segment = isTimed(entry) || entry.on === "event" || entry.on === "call" ? undefined : entry.segment;
  if (segment === undefined) return [];
  const row = await tx.one<{ name: string; isIn: boolean }>(sql`
    SELECT s.name, coalesce(m.is_in, false) AS "isIn" FROM segment s
    LEFT JOIN segment_member m ON m.workspace_id = s.workspace_id AND m.segment_id = s.id AND m.member_id = ${member}
    WHERE s.workspace_id = ${known.workspace} AND s.id = ${segment}`);
  if (!row) return [];
  const wants = !(entry.on === "segment" && entry.change === "left");
  const says = (isIn: boolean) =>
    isIn
      ? { en: `In the segment “${row.name}”`, "zh-CN": `在分群“${row.name}”中` }
      : { en: `Not in the segment “${row.name}”`, "zh-CN": `不在分群“${row.name}”中` };
  const found = veiled("member.segments", known.names.veil) ?? says(row.isIn);
  return [{ asked: says(wants), found, held: row.isIn === wants, of: null, isNow: false }];
}
