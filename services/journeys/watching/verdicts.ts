import { z } from "zod";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { type Entry, isTimed } from "@/core/plan/entry";
import { ok, refuse } from "@/core/refusals";
import type { Facts } from "@/core/rules/facts";
import type { Text } from "@/core/text";
import { zoneOfMember } from "@/core/time/zone-of";
import { Words } from "@/core/words";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { loadMembers } from "../../members/load";
import { JourneyState } from "../journey-view";
import { cameTo } from "./came-to";
import { aheadInWords, memoriesOf } from "./look-ahead";
import { latest, saysOf, VERDICTS, type Verdict } from "./why-not-words";

/** As long as `why-not` looks back. */
const DAYS = 30;
const MOST = 100;
/** What asks for an explanation first. */
const ORDER: Record<Verdict, number> = {
  turned_away: 0,
  held_back: 1,
  held_out: 2,
  entered: 3,
  never_happened: 4,
  not_live: 5,
  never_published: 6,
};

const Line = z.object({
  journey: z.string(),
  name: z.string(),
  state: JourneyState,
  verdict: z.enum(VERDICTS),
  says: Words,
  at: Instant.nullable().describe("when that came about last"),
});
export type VerdictLine = z.infer<typeof Line>;
type Row = {
  journey: string;
  name: string;
  state: z.infer<typeof JourneyState>;
  entry: Entry | null;
  entered: Date | null;
  run: string | null;
  isHeld: boolean | null;
  turned: Date | null;
  happened: Date | null;
};

/**
 * Of each published journey what `why-not` answers for a member, in one look: those that turned the member away first. By run_member, turned_away's
 * and event_member's index.
 */
export const memberVerdicts = useCase({
  may: "run.read",
  input: z.object({ member: z.uuid() }),
  output: z.object({ items: z.array(Line) }),
  says: "Whether a member entered each of the journeys, or why not; those that turned them away first",
  async run({ tx, actor: { workspace }, now }, { member: asked }) {
    const person = await tx.one<{ id: MemberId; zone: string }>(sql`
      SELECT coalesce(m.merged_into, m.id) AS id, w.time_zone AS zone FROM member m JOIN workspace w ON w.id = m.workspace_id
      WHERE m.workspace_id = ${workspace} AND m.id = ${asked}`);
    if (!person) return refuse("not_found", "no such member", ["member"]);
    const since = new Date(now.getTime() - DAYS * 86_400_000);
    const theirs = sql`workspace_id = ${workspace} AND member_id = ${person.id}`;
    const rows = await tx.rows<Row>(sql`
      SELECT j.id AS journey, j.name, j.state, newest.entry, runs.at AS entered, runs.id AS run, runs.is_held AS "isHeld", away.at AS turned, seen.at AS happened
      FROM journey j
      CROSS JOIN LATERAL (
        SELECT p.body -> 'entry' AS entry FROM plan p
        WHERE p.workspace_id = j.workspace_id AND p.journey_id = j.id ORDER BY p.version DESC LIMIT 1) newest
      LEFT JOIN (SELECT DISTINCT ON (journey_id) journey_id, id, is_held, entered_at AS at FROM run WHERE ${theirs} ORDER BY journey_id, entered_at DESC) runs ON runs.journey_id = j.id
      LEFT JOIN (SELECT journey_id, max(at) AS at FROM turned_away WHERE ${theirs} AND at > ${since} GROUP BY 1) away ON away.journey_id = j.id
      LEFT JOIN (SELECT name, max(accepted_at) AS at FROM event WHERE ${theirs} AND accepted_at > ${since} GROUP BY 1) seen ON seen.name = newest.entry ->> 'event'
      WHERE j.workspace_id = ${workspace} AND (j.state <> 'archived' OR runs.at IS NOT NULL OR away.at IS NOT NULL)
      ORDER BY greatest(runs.at, away.at, seen.at) DESC NULLS LAST, j.name LIMIT ${MOST}`);
    const came = await cameTo(
      tx,
      workspace,
      person.id,
      rows.flatMap(({ run }) => run ?? []),
    );
    const ahead = await aheadOf(tx, workspace, person, rows, now);
    const items = rows.map(({ entry, entered, run, isHeld, turned, happened, ...journey }): VerdictLine => {
      const isOpen = journey.state === "live" || journey.state === "paused";
      const verdict: Verdict =
        latest({ entered, turned, isHeld: isHeld === true }) ??
        (happened ? "held_back" : isOpen ? "never_happened" : "not_live");
      const at = verdict === "turned_away" ? turned : (entered ?? happened);
      const says = saysOf(verdict, {
        came: came.get(run ?? ""),
        ahead: isOpen ? ahead.get(journey.journey) : undefined,
        entry,
      });
      return { ...journey, verdict, says, at };
    });
    return ok({ items: items.sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]) });
  },
});

/** Of the journeys that the clock starts, when each comes to the member next. */
async function aheadOf(
  tx: Tx,
  workspace: WorkspaceId,
  { id, zone }: { id: MemberId; zone: string },
  rows: readonly Row[],
  now: Date,
): Promise<Map<string, Text>> {
  const timed = rows.flatMap(({ journey, entry }) => (entry && isTimed(entry) ? [{ journey, entry }] : []));
  const member = timed.length > 0 ? (await loadMembers(tx, workspace, [id])).get(id) : undefined;
  if (!member) return new Map();
  const facts: Facts = { member, now: now.getTime(), zone: zoneOfMember(zone, member) };
  const memories = await memoriesOf(
    tx,
    workspace,
    id,
    timed.map(({ journey }) => journey),
  );
  return new Map(timed.map(({ journey, entry }) => [journey, aheadInWords(entry, facts, memories.get(journey))]));
}
