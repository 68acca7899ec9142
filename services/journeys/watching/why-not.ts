import { z } from "zod";
import { eventName } from "@/core/events/event-name";
import type { MemberId, PlanId, WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { isTimed } from "@/core/plan/entry";
import type { Plan } from "@/core/plan/plan";
import { isLate } from "@/core/plan/react";
import { ok, refuse } from "@/core/refusals";
import { explain } from "@/core/rules/explain";
import type { EventFacts, Facts } from "@/core/rules/facts";
import type { Text } from "@/core/text";
import { dayOf, dayPlus } from "@/core/time/day";
import { zoneOfMember } from "@/core/time/zone-of";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { loadMembers } from "../../members/load";
import { asksCoupons, loadPlans, lookback } from "../../plans/plans";
import { RUN_STATES } from "../../runs/run-line";
import { Finding, whyInWords } from "../../runs/why";
import { cameTo } from "./came-to";
import { aheadInWords, memoriesOf } from "./look-ahead";
import { latest, OUTCOMES, type Outcome, outcomeSays, saysOf, VERDICTS, type Verdict } from "./why-not-words";

/** As long as it is known who was turned away. */
const DAYS = 30;
const MOST = 20;

const Words = z.object({ en: z.string(), "zh-CN": z.string() });
const Considered = z.object({
  event: z
    .object({ id: z.string(), name: z.string(), label: Words, occurredAt: Instant.nullable() })
    .nullable()
    .describe("null: no event, the member as they are now"),
  at: Instant,
  outcome: z.enum(OUTCOMES),
  says: Words,
  run: z.string().nullable(),
  findings: z.array(Finding),
});
type Considered = z.infer<typeof Considered>;
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
  considered: z.array(Considered).describe("what could have started it, newest first"),
});
export type WhyNot = z.infer<typeof WhyNot>;

type Home = { id: string; name: string; state: string; zone: string; currency: string };
type Run = Omit<WhyNot["runs"][number], "says"> & { event: string | null };
type Away = { at: Date; reason: Outcome; event: string; name: string };
type Version = { id: PlanId; from: Date };

/**
 * Why a member did or did not enter a journey: for each event of the last 30 days that could have started it (or one named event) what it
 * came to, the rule leaf by leaf. The rule is judged over the member as they are now, with the version that was in force.
 */
export const whyNot = useCase({
  may: "run.read",
  input: z.object({ journey: z.uuid(), member: z.uuid(), event: z.uuid().optional() }),
  output: WhyNot,
  says: "Why a member did or did not enter a journey, event by event",
  async run({ tx, actor: { workspace }, now }, { journey, member: asked, event }) {
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
      SELECT id, state, entered_at AS "enteredAt", ended_at AS "endedAt", entry_event ->> 'id' AS event FROM run
      WHERE workspace_id = ${workspace} AND member_id = ${person.id} AND journey_id = ${journey} ORDER BY entered_at DESC LIMIT ${MOST}`);
    const came = await cameTo(
      tx,
      workspace,
      person.id,
      runs.map(({ id }) => id),
    );
    const answer = (verdict: Verdict, considered: Considered[], ahead?: Text) =>
      ok<WhyNot>({
        journey,
        journeyName: home.name,
        member: person.id,
        verdict,
        says: saysOf(verdict, { came: came.get(runs[0]?.id ?? ""), ahead }),
        runs: runs.map(({ event: _, ...run }) => ({ ...run, says: came.get(run.id) ?? null })),
        considered,
      });
    if (!plan) return answer("never_published", []);

    const away = await tx.rows<Away>(sql`
      SELECT at, reason, event ->> 'id' AS event, event ->> 'name' AS name FROM turned_away
      WHERE workspace_id = ${workspace} AND member_id = ${person.id} AND journey_id = ${journey} AND at > ${since} ORDER BY at DESC LIMIT ${MOST}`);
    const events = await eventsOf(tx, workspace, person.id, event, plan.entry.event, since);
    if (event !== undefined && events.length === 0)
      return refuse("not_found", "no such event of this member", ["event"]);
    const fates = await fatesOf(tx, workspace, person.id, runs, events);
    const [member] = (
      await loadMembers(tx, workspace, [person.id], {
        since: back([...plans.values()], now, home.zone),
        coupons: [...plans.values()].some(asksCoupons),
      })
    ).values();
    if (!member) return refuse("not_found", "no such member", ["member"]);
    const facts: Facts = { member, now: now.getTime(), zone: zoneOfMember(home.zone, member) };
    const inForce = (at: number): Plan | undefined =>
      plans.get(versions.find(({ from }) => from.getTime() <= at)?.id ?? ("" as PlanId));
    const judged = (by: Plan, of: EventFacts | undefined): Pick<Considered, "outcome" | "findings"> => {
      const explained = explain(by.entry.when, { ...facts, ...(of && { event: of }) });
      const why = whyInWords(explained, {
        currency: home.currency,
        zone: home.zone,
        coupons: true,
        ...(of && { event: of.name, entry: of.name }),
      });
      return { outcome: explained.verdict ? "rule_true" : "rule_false", findings: why?.findings ?? [] };
    };

    const considered = events.map((one): Considered => {
      const run = runs.find((r) => r.event === one.id);
      const turned = away.find((a) => a.event === one.id);
      const by = inForce(one.acceptedAt);
      const found: Pick<Considered, "outcome" | "findings"> = run
        ? { outcome: "entered", findings: by ? judged(by, one).findings : [] }
        : turned
          ? { outcome: turned.reason, findings: [] }
          : fates.has(one.id)
            ? { outcome: fates.get(one.id) ?? "waiting", findings: [] }
            : !by
              ? { outcome: "before_live", findings: [] }
              : one.name !== by.entry.event
                ? { outcome: "other_event", findings: [] }
                : one.isHistorical
                  ? { outcome: "historical", findings: [] }
                  : isLate(one)
                    ? { outcome: "late", findings: [] }
                    : judged(by, one);
      return {
        ...line(one.id, one.name, new Date(one.occurredAt), new Date(one.acceptedAt), found),
        run: run?.id ?? null,
      };
    });
    // What no event row tells of: entries that the clock or our own ledgers made.
    for (const { at, reason, event: id, name } of event === undefined ? away : [])
      if (!considered.some((one) => one.event?.id === id))
        considered.push(line(id, name, null, at, { outcome: reason, findings: [] }));
    for (const run of event === undefined ? runs : [])
      if (run.event !== null && !considered.some((one) => one.run === run.id))
        considered.push({
          ...line(run.event, plan.entry.event, null, run.enteredAt, { outcome: "entered", findings: [] }),
          run: run.id,
        });
    const isOpen = home.state === "live" || home.state === "paused";
    const ahead =
      event === undefined && isOpen && isTimed(plan.entry)
        ? aheadInWords(plan.entry, facts, (await memoriesOf(tx, workspace, person.id, [journey])).get(journey))
        : undefined;
    if (ahead || (considered.length === 0 && plan.entry.on !== "event")) {
      const { outcome, findings } = judged(plan, undefined);
      const look = line("", "", null, now, { outcome: outcome === "rule_true" ? "would_hold" : outcome, findings });
      considered.push({ ...look, ...(ahead && { says: ahead }), event: null });
    }
    considered.sort((a, b) => b.at.getTime() - a.at.getTime());

    const fate =
      event === undefined
        ? latest({ entered: runs[0]?.enteredAt ?? null, turned: away[0]?.at ?? null })
        : considered.some(({ outcome }) => outcome === "entered")
          ? "entered"
          : away.some((a) => a.event === event)
            ? "turned_away"
            : undefined;
    const hasHappened = considered.some((one) => one.event !== null);
    const verdict = fate ?? (hasHappened ? "held_back" : isOpen ? "never_happened" : "not_live");
    return answer(verdict, considered.slice(0, MOST), ahead);
  },
});

function line(
  id: string,
  name: string,
  occurredAt: Date | null,
  at: Date,
  { outcome, findings }: Pick<Considered, "outcome" | "findings">,
): Considered {
  return {
    event: { id, name, label: eventName(name), occurredAt },
    at,
    outcome,
    says: outcomeSays[outcome],
    run: null,
    findings,
  };
}

/** How far back the entry rules look, as a day; none = the rules count nothing. */
function back(plans: readonly Plan[], now: Date, zone: string): string | undefined {
  const days = plans.map(lookback).filter((one) => one !== null);
  return days.length === 0 ? undefined : dayPlus(dayOf(now.getTime(), zone), -Math.max(...days));
}

type Row = Omit<EventFacts, "occurredAt" | "acceptedAt"> & { occurredAt: Date; acceptedAt: Date };

/** The member's events that a journey starts with, or the one asked for. */
async function eventsOf(
  tx: Tx,
  workspace: WorkspaceId,
  member: MemberId,
  event: string | undefined,
  name: string,
  since: Date,
): Promise<EventFacts[]> {
  const rows = await tx.rows<Row>(sql`
    SELECT id, name, properties, occurred_at AS "occurredAt", accepted_at AS "acceptedAt", is_historical AS "isHistorical" FROM event
    WHERE workspace_id = ${workspace} AND member_id = ${member} AND accepted_at > ${since}
      AND CASE WHEN ${event ?? null}::uuid IS NULL THEN name = ${name} ELSE id = ${event ?? null} END
    ORDER BY occurred_at DESC, id DESC LIMIT ${MOST}`);
  return rows.map((row) => ({ ...row, occurredAt: row.occurredAt.getTime(), acceptedAt: row.acceptedAt.getTime() }));
}

/** Events that are still to be judged, could not be, or moved a run of this journey instead of starting one. */
async function fatesOf(
  tx: Tx,
  workspace: WorkspaceId,
  member: MemberId,
  runs: readonly Run[],
  events: readonly EventFacts[],
): Promise<Map<string, Outcome>> {
  const ids = events.map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await tx.rows<{ event: string; outcome: Outcome }>(sql`
    SELECT event ->> 'id' AS event, 'waiting' AS outcome FROM inbox
    WHERE workspace_id = ${workspace} AND member_id = ${member} AND event ->> 'id' = ANY(${ids}::text[])
    UNION ALL
    SELECT payload ->> 'id', 'buried' FROM dead_letter
    WHERE workspace_id = ${workspace} AND member_id = ${member} AND kind = 'event' AND replayed_at IS NULL AND payload ->> 'id' = ANY(${ids}::text[])
    UNION ALL
    SELECT why ->> 'event', 'moved' FROM journal
    WHERE workspace_id = ${workspace} AND run_id = ANY(${runs.map(({ id }) => id)}::uuid[]) AND why ->> 'event' = ANY(${ids}::text[])`);
  return new Map(rows.map(({ event, outcome }) => [event, outcome]));
}
