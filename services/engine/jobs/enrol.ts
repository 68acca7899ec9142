import { fnv1a } from "@/core/hash";
import type { JourneyId, MemberId } from "@/core/ids";
import { type Existing, isTimed } from "@/core/plan/entry";
import type { Plan } from "@/core/plan/plan";
import { isNews, NOTHING, nextEntry, type Past } from "@/core/plan/timed";
import { FIRST_UUID } from "@/core/uuid";
import { sql, type Tx } from "@/platform/db";
import { EnrolSpec } from "../../journeys/publishing/enrol";
import { loadMembers } from "../../members/load";
import { lockMembers } from "../../members/lock";
import { loadPlans } from "../../plans/plans";
import { isBuilding } from "../../segments/is-building";
import { type At, type DueWrite, joinedSince, readDues, saveDues, timedFacts } from "../entering/due";
import { shareJourney } from "../lifecycle/lock";
import type { BatchOf } from "./batch";

const PAGE = 500;
const DAY_MS = 86_400_000;

/**
 * Gives each member of a journey that the clock starts their due row, by member id; those who match already enter now, spread over days, or
 * not at all, as the marketer chose. Members of a segment that starts a journey are asked the same way, once it is known who they are.
 */
export const enrol: BatchOf = async (tx, job, now) => {
  const { workspace } = job;
  const journey = job.journey && (await shareJourney(tx, workspace, job.journey));
  if (!journey || (journey.state !== "live" && journey.state !== "paused"))
    return { done: 0, skipped: 0, position: null };
  const place = await tx.one<{ plan: Plan["id"]; shards: number; zone: string }>(sql`
    SELECT j.plan_id AS plan, j.shards, w.time_zone AS zone FROM journey j JOIN workspace w ON w.id = j.workspace_id
    WHERE j.workspace_id = ${workspace} AND j.id = ${journey.id}`);
  const plan = place && (await loadPlans(tx, workspace, [place.plan])).get(place.plan);
  if (!plan || !(isTimed(plan.entry) || plan.entry.on === "segment")) return { done: 0, skipped: 0, position: null };
  if (plan.entry.on === "segment" && (await isBuilding(tx, workspace, plan.entry.segment))) return "wait";
  const page = await pageOf(tx, job.workspace, plan, typeof job.position === "string" ? job.position : FIRST_UUID);
  const last = page.at(-1);
  if (last === undefined) return { done: 0, skipped: 0, position: null };
  await lockMembers(tx, workspace, page);
  const at = { workspace, now, zone: place.zone, since: job.startedAt };
  const writes = await writesOf(tx, at, plan, page, EnrolSpec.parse(job.spec));
  saveDues(tx, workspace, { id: journey.id, shards: place.shards }, writes);
  return { done: page.length, skipped: 0, position: last };
};

async function pageOf(tx: Tx, workspace: At["workspace"], { entry }: Plan, after: string): Promise<MemberId[]> {
  const rows = await tx.rows<{ id: MemberId }>(
    entry.on === "segment"
      ? sql`SELECT member_id AS id FROM segment_member WHERE workspace_id = ${workspace} AND segment_id = ${entry.segment} AND is_in AND member_id > ${after} ORDER BY member_id LIMIT ${PAGE}`
      : sql`SELECT id FROM member WHERE workspace_id = ${workspace} AND id > ${after} ORDER BY id LIMIT ${PAGE}`,
  );
  return rows.map(({ id }) => id);
}

async function writesOf(
  tx: Tx,
  at: At & { since: Date },
  plan: Plan,
  page: readonly MemberId[],
  { forgets }: EnrolSpec,
): Promise<DueWrite[]> {
  const { entry, existing } = plan;
  if (entry.on === "segment")
    return page.map((member) => {
      const enters = pastOf(existing, member)(at.now.getTime());
      return { member, at: typeof enters === "number" ? enters : null, memory: NOTHING };
    });
  if (!isTimed(entry)) return [];
  const [members, rows, merged] = await Promise.all([
    loadMembers(tx, at.workspace, page),
    readDues(tx, at.workspace, [plan.journey], page),
    tx.rows<{ id: MemberId }>(
      sql`SELECT id FROM member WHERE workspace_id = ${at.workspace} AND id = ANY(${[...page]}::uuid[]) AND merged_into IS NOT NULL`,
    ),
  ]);
  for (const { id } of merged) members.delete(id);
  return [...members.values()]
    .filter(({ isAnonymous }) => !isAnonymous)
    .flatMap((member): DueWrite[] => {
      const row = rows.get(`${plan.journey as JourneyId} ${member.id}`);
      // Who joined meanwhile is no member that matches already, and their first events may have given them their place.
      if (joinedSince(member, at.since)) {
        const next = nextEntry(entry, row?.memory ?? NOTHING, timedFacts(member, at));
        return isNews(row, next) ? [{ member: member.id, ...next }] : [];
      }
      const memory = (!forgets && row?.memory) || NOTHING;
      const next = nextEntry(entry, memory, timedFacts(member, at), pastOf(existing, member.id));
      // A row that is there is written over, whatever comes of it.
      return !(forgets && row) && next.at === null && next.memory.day === null && next.memory.done === null
        ? []
        : [{ member: member.id, ...next }];
    });
}

/** Spread: each member at a moment of their own within the days, the same however often it is asked. */
function pastOf(existing: Existing | undefined, member: MemberId): Past {
  switch (existing?.is) {
    case "now":
      return (now) => now;
    case "spread":
      return (now) => now + Math.floor((fnv1a(member) / 2 ** 32) * existing.days * DAY_MS);
    case "none":
    case undefined:
      return () => "before";
    default:
      return existing satisfies never;
  }
}
