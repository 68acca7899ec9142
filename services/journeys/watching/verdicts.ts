import { z } from "zod";
import type { JourneyId, MemberId, WorkspaceId } from "@/core/ids";
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
import { heldBy } from "../../runs/held-by";
import { type Veil, veilOf } from "../../runs/veil";
import { JourneyState } from "../journey-view";
import { isOpen } from "./beyond-events";
import { isPast } from "./by-audience";
import { cameTo } from "./came-to";
import { aheadInWords, cameInVain, memoriesOf } from "./look-ahead";
import { laterOf, latest, saysOf, VERDICTS, type Verdict } from "./why-not-words";

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
  /** An event that begins it, or a broadcast of it that passed the member. */
  happened: Date | null;
  publishedAt: Date;
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
  async run({ tx, actor, now }, { member: asked }) {
    const { workspace } = actor;
    const person = await tx.one<{ id: MemberId; zone: string }>(sql`
      SELECT coalesce(m.merged_into, m.id) AS id, w.time_zone AS zone FROM member m JOIN workspace w ON w.id = m.workspace_id
      WHERE m.workspace_id = ${workspace} AND m.id = ${asked}`);
    if (!person) return refuse("not_found", "no such member", ["member"]);
    const since = new Date(now.getTime() - DAYS * 86_400_000);
    const theirs = sql`workspace_id = ${workspace} AND member_id = ${person.id}`;
    const rows = await tx.rows<Row>(sql`
      SELECT j.id AS journey, j.name, j.state, newest.entry, runs.at AS entered, runs.id AS run, runs.is_held AS "isHeld", away.at AS turned,
        coalesce(greatest(seen.at, away.refused), sent.at) AS happened, newest."publishedAt"
      FROM journey j
      CROSS JOIN LATERAL (
        SELECT p.body -> 'entry' AS entry, min(p.published_at) OVER () AS "publishedAt" FROM plan p
        WHERE p.workspace_id = j.workspace_id AND p.journey_id = j.id ORDER BY p.version DESC LIMIT 1) newest
      LEFT JOIN (SELECT DISTINCT ON (journey_id) journey_id, id, is_held, entered_at AS at FROM run WHERE ${theirs} ORDER BY journey_id, entered_at DESC) runs ON runs.journey_id = j.id
      LEFT JOIN (SELECT journey_id, max(at) FILTER (WHERE reason <> 'rule_false') AS at, max(at) FILTER (WHERE reason = 'rule_false') AS refused FROM turned_away WHERE ${theirs} AND at > ${since} GROUP BY 1) away ON away.journey_id = j.id
      LEFT JOIN (SELECT name, max(accepted_at) AS at FROM event WHERE ${theirs} AND accepted_at > ${since} GROUP BY 1) seen ON seen.name = newest.entry ->> 'event'
      LEFT JOIN LATERAL (
        SELECT max(b.started_at) AS at FROM broadcast b
        WHERE newest.entry ->> 'on' IN ('broadcast', 'schedule') AND b.workspace_id = j.workspace_id AND b.journey_id = j.id
          AND coalesce(b.ended_at, 'infinity') > ${since} AND ${isPast(person.id)}) sent ON true
      WHERE j.workspace_id = ${workspace} AND (j.state <> 'archived' OR runs.at IS NOT NULL OR away.at IS NOT NULL)
      ORDER BY greatest(runs.at, away.at, away.refused, seen.at) DESC NULLS LAST, j.name LIMIT ${MOST}`);
    const came = await cameTo(
      tx,
      workspace,
      person.id,
      rows.flatMap(({ run }) => run ?? []),
    );
    const held = await holdoutsOf(tx, workspace, person, rows);
    const clock = await byTheClock(tx, workspace, person, rows, { now, since, veil: veilOf(actor) });
    const items = rows.map(({ entry, entered, run, isHeld, turned, publishedAt: _, ...row }): VerdictLine => {
      const { happened: seen, ...journey } = row;
      const { ahead, inVain } = clock.get(journey.journey) ?? {};
      const happened = seen ?? inVain ?? null;
      const verdict: Verdict =
        latest({ entered, turned, isHeld: isHeld === true }) ??
        (happened ? "held_back" : isOpen(journey) ? "never_happened" : "not_live");
      const at = verdict === "turned_away" ? turned : (entered ?? happened);
      const says = saysOf(verdict, {
        came: came.get(run ?? ""),
        held: held.get(journey.journey),
        ahead: isOpen(journey) ? ahead : undefined,
        state: journey.state,
      });
      return { ...journey, verdict, says, at };
    });
    return ok({ items: items.sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]) });
  },
});

/** Of the journeys that a holdout keeps the member out of, since when and under which share. */
async function holdoutsOf(
  tx: Tx,
  workspace: WorkspaceId,
  { id: member, zone }: { id: MemberId; zone: string },
  rows: readonly Row[],
): Promise<Map<string, Text | undefined>> {
  const held = rows.filter(({ isHeld }) => isHeld);
  return new Map(
    await Promise.all(
      held.map(async ({ journey }) => {
        const by = await heldBy(tx, workspace, { journey: journey as JourneyId, member, zone });
        return [journey, by?.says] as const;
      }),
    ),
  );
}

/** Of the journeys that the clock starts, when each comes to the member next, and when it came in vain. */
async function byTheClock(
  tx: Tx,
  workspace: WorkspaceId,
  { id, zone }: { id: MemberId; zone: string },
  rows: readonly Row[],
  { now, since, veil }: { now: Date; since: Date; veil: Veil },
): Promise<Map<string, { ahead: Text; inVain: Date | null }>> {
  const timed = rows.flatMap(({ entry, ...row }) => (entry && isTimed(entry) ? [{ ...row, entry }] : []));
  const member = timed.length > 0 ? (await loadMembers(tx, workspace, [id])).get(id) : undefined;
  if (!member) return new Map();
  const facts: Facts = { member, now: now.getTime(), zone: zoneOfMember(zone, member) };
  const memories = await memoriesOf(
    tx,
    workspace,
    id,
    timed.map(({ journey }) => journey),
  );
  return new Map(
    timed.map(({ journey, entry, state, publishedAt, entered, turned }) => {
      const remembered = { memory: memories.get(journey), isPaused: state === "paused", veil };
      const from = publishedAt > since ? publishedAt : since;
      const inVain = cameInVain(entry, facts, { ...remembered, from, last: laterOf(entered, turned) });
      return [journey, { ahead: aheadInWords(entry, facts, remembered), inVain }];
    }),
  );
}
