import { z } from "zod";
import { pageInput } from "@/core/cursor";
import type { JourneyId, MemberId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { ok, refuse } from "@/core/refusals";
import type { Facts } from "@/core/rules/facts";
import type { Text } from "@/core/text";
import { zoneOfMember } from "@/core/time/zone-of";
import { Words } from "@/core/words";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { loadMembers } from "../../members/load";
import { askedByPlans, loadPlans } from "../../plans/plans";
import { heldBy } from "../../runs/held-by";
import { RUN_STATES } from "../../runs/run-line";
import { veilOf } from "../../runs/veil";
import { beyondEvents, isOpen } from "./beyond-events";
import { cameTo } from "./came-to";
import { asBeginning, asRefused, Considered, enteredBy, type Known, ofNobody } from "./considered";
import { happenedTo, type Of } from "./happened-to";
import { passedBy } from "./passed-by";
import { stopsOf } from "./stops";
import { isAway, isMove, laterOf, latest, saysOf, VERDICTS, type Verdict } from "./why-not-words";

/** As long as it is known who was turned away. */
const DAYS = 30;
const MOST = 20;

export const WhyNot = z.object({
  journey: z.string(),
  journeyName: z.string(),
  member: z.string(),
  verdict: z.enum(VERDICTS),
  says: Words,
  runs: z.array(
    z.object({
      id: z.string(),
      state: z.enum(RUN_STATES),
      enteredAt: Instant,
      endedAt: Instant.nullable(),
      says: Words.nullable().describe(
        "what it brought the member so far: coupons, points, messages and why they were not sent",
      ),
    }),
  ),
  considered: z.array(Considered).describe("what could have started it, or moved the member's run, newest first"),
  next: z.string().nullable().describe("where what happened before goes on; null: that was all of the 30 days"),
});
export type WhyNot = z.infer<typeof WhyNot>;

type Home = { id: string; name: string; state: string; zone: string; currency: string };
type Run = Omit<WhyNot["runs"][number], "says"> & { isHeld: boolean };
type Version = Known["versions"][number];

/**
 * Why a member did or did not enter a journey, and what became of them in it: for each event of the last 30 days that could have started or moved
 * it (or one named event) what it came to, the rules leaf by leaf, with the version that was in force.
 */
export const whyNot = useCase({
  may: "run.read",
  input: z.object({
    journey: z.uuid(),
    member: z.uuid(),
    event: z.uuid().optional(),
    cursor: pageInput.cursor,
    limit: pageInput.limit.default(MOST),
  }),
  output: WhyNot,
  says: "Why a member did or did not enter a journey, or go on in it, event by event",
  async run({ tx, actor, now }, { journey, member: asked, event, cursor, limit }) {
    const { workspace } = actor;
    const home = await tx.one<Home>(sql`
      SELECT j.id, j.name, j.state, w.time_zone AS zone, w.currency FROM journey j JOIN workspace w ON w.id = j.workspace_id
      WHERE j.workspace_id = ${workspace} AND j.id = ${journey}`);
    if (!home) return refuse("not_found", "no such journey", ["journey"]);
    const person = await tx.one<{ id: MemberId }>(
      sql`SELECT COALESCE(merged_into, id) AS id FROM member WHERE workspace_id = ${workspace} AND id = ${asked}`,
    );
    if (!person) return refuse("not_found", "no such member", ["member"]);
    const since = new Date(now.getTime() - DAYS * 86_400_000);
    const versions = await tx.rows<Version>(sql`
      SELECT id, published_at AS "from" FROM plan WHERE workspace_id = ${workspace} AND journey_id = ${journey} ORDER BY version DESC`);
    const plans = await loadPlans(
      tx,
      workspace,
      versions.map(({ id }) => id),
    );
    const plan = versions[0] && plans.get(versions[0].id);
    // By run_member; newest first.
    const runs = await tx.rows<Run>(sql`
      SELECT id, state, entered_at AS "enteredAt", ended_at AS "endedAt", is_held AS "isHeld" FROM run
      WHERE workspace_id = ${workspace} AND member_id = ${person.id} AND journey_id = ${journey} ORDER BY entered_at DESC LIMIT ${MOST}`);
    const came = await cameTo(
      tx,
      workspace,
      person.id,
      runs.map(({ id }) => id),
    );
    const of = { workspace, member: person.id, journey: journey as JourneyId, since };
    const holdout = runs.some(({ isHeld }) => isHeld) ? await heldBy(tx, workspace, { ...of, zone: home.zone }) : null;
    const answer = (
      verdict: Verdict,
      considered: Considered[],
      { ahead, next }: { ahead?: Text; next?: string } = {},
    ) =>
      ok<WhyNot>({
        journey,
        journeyName: home.name,
        member: person.id,
        verdict,
        says: saysOf(verdict, {
          came: came.get(runs[0]?.id ?? ""),
          held: holdout?.says,
          ahead,
          state: home.state,
        }),
        runs: runs.map(({ isHeld: _, ...run }) => ({ ...run, says: came.get(run.id) ?? null })),
        considered,
        next: next ?? null,
      });
    if (!plan) return answer("never_published", []);

    const page = await happenedTo(tx, of, plans, { event, cursor, limit });
    if (event !== undefined && page.events.length === 0)
      return refuse("not_found", "no such event of this member", ["event"]);
    const [member] = (
      await loadMembers(tx, workspace, [person.id], askedByPlans(plans.values(), now, home.zone))
    ).values();
    if (!member) return refuse("not_found", "no such member", ["member"]);
    const today: Facts = { member, now: now.getTime(), zone: zoneOfMember(home.zone, member) };
    const names = { currency: home.currency, zone: home.zone, coupons: true, veil: veilOf(actor) };
    const stops = await stopsOf(tx, workspace, journey);
    const known: Known = { workspace, today, plans, versions, stops, names };

    const { events, away, begun, fates } = page;
    // What is still to be judged has passed no run so far.
    const judged = events.filter(({ id }) => !fates.has(id));
    const onTheWay = await passedBy(tx, known, begun, judged);
    const considered = events.flatMap((one): Considered[] => {
      const beside = onTheWay.filter((line) => line.event?.id === one.id);
      const line = asBeginning(known, one, {
        run: begun.find((run) => run.event === one.id),
        away: away.find((a) => a.event === one.id && !a.refused)?.reason,
        fates,
      });
      // What moved a run starts no second one, and what starts nothing here is told by the runs alone.
      const isTold =
        line.run !== null || !beside.some(({ outcome }) => isMove(outcome) || line.outcome === "other_event");
      return isTold ? [line, ...beside] : beside;
    });
    // What no event row tells of: entries that the clock or our own ledgers made.
    for (const { at, reason, event: id, name, refused } of event === undefined ? away.filter(page.isIn) : [])
      if (!considered.some((one) => one.event?.id === id))
        considered.push(
          refused ? asRefused(known, refused) : ofNobody(name, at, { outcome: reason, findings: [] }, { id }),
        );
    for (const run of event === undefined ? begun.filter(({ enteredAt: at }) => page.isIn({ at })) : [])
      if (run.event !== null && !events.some(({ id }) => id === run.event))
        considered.push({
          ...ofNobody(run.entry.name ?? plan.entry.event, run.enteredAt, enteredBy(known, run), { id: run.event }),
          run: run.id,
        });
    const turned = event === undefined ? await lastAway(tx, of) : null;
    const newest = { entered: runs[0]?.enteredAt ?? null, isHeld: runs[0]?.isHeld === true };
    const isFirst = !cursor;
    const beyond = isFirst &&
      event === undefined && {
        state: home.state,
        last: laterOf(newest.entered, turned),
        isAlone: considered.length === 0,
      };
    const { ahead, lines } = beyond ? await beyondEvents(tx, known, of, plan, beyond) : { lines: [] };
    considered.push(...lines);
    considered.sort((a, b) => b.at.getTime() - a.at.getTime());

    const fate = event === undefined ? latest({ ...newest, turned }) : fateOf(considered, event);
    const hasHappened = !isFirst || considered.some((one) => one.event !== null && one.outcome !== "called_off");
    const verdict = fate ?? (hasHappened ? "held_back" : isOpen(home) ? "never_happened" : "not_live");
    return answer(verdict, considered, { ...(ahead && { ahead }), ...(page.next !== null && { next: page.next }) });
  },
});

/** What one event came to: the run it began, or the reason it began none. */
function fateOf(considered: readonly Considered[], event: string): Verdict | undefined {
  const own = considered.filter((one) => one.event?.id === event);
  if (own.some(({ outcome }) => outcome === "held_out")) return "held_out";
  if (own.some(({ outcome }) => outcome === "entered")) return "entered";
  return own.some(({ outcome }) => isAway(outcome)) ? "turned_away" : undefined;
}

/** Whom its trigger took. By the primary key of turned_away. */
async function lastAway(tx: Tx, { workspace, member, journey, since }: Of): Promise<Date | null> {
  const found = await tx.one<{ at: Date | null }>(sql`
    SELECT max(at) AS at FROM turned_away WHERE workspace_id = ${workspace} AND member_id = ${member} AND journey_id = ${journey} AND at > ${since} AND reason <> 'rule_false'`);
  return found?.at ?? null;
}
