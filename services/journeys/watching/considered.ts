import { z } from "zod";
import { eventName } from "@/core/events/event-name";
import type { PlanId, RunId, StepId, WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { isOnlyOurs } from "@/core/plan/entry";
import type { Plan } from "@/core/plan/plan";
import { isLate, isToldAgain } from "@/core/plan/react";
import { explain } from "@/core/rules/explain";
import { explainPast } from "@/core/rules/explain-past";
import type { EventFacts, Facts } from "@/core/rules/facts";
import type { Rule } from "@/core/rules/rule";
import type { Text } from "@/core/text";
import { Words } from "@/core/words";
import { Finding, findingsOf, type Names, whyInWords } from "../../runs/why";
import { type Stop, wasStopped } from "./stops";
import { OUTCOMES, type Outcome, outcomeSays } from "./why-not-words";

export const Considered = z.object({
  event: z
    .object({
      id: z.string().nullable().describe("null: the clock's, or a broadcast's, which is an event of nobody's"),
      name: z.string(),
      label: Words,
      occurredAt: Instant.nullable(),
    })
    .nullable()
    .describe("null: no event, the member as they are now"),
  at: Instant,
  outcome: z.enum(OUTCOMES),
  says: Words,
  run: z.string().nullable().describe("the run that it began, moved, or passed without moving"),
  findings: z
    .array(Finding)
    .describe(
      "first what was found then, exactly; then what is asked of the member, as they are now where it was not kept",
    ),
});
export type Considered = z.infer<typeof Considered>;
type Found = Pick<Considered, "outcome" | "findings">;

/** A run as it is needed to tell of it. `why`: what was asked and found as it entered, where that was kept. */
export type RunRow = {
  id: RunId;
  plan: PlanId;
  step: StepId;
  enteredAt: Date;
  endedAt: Date | null;
  isHeld: boolean;
  event: string | null;
  entry: EventFacts;
  vars: Facts["vars"];
  why: unknown;
};

/** What is known of one member and one journey. `today`: the member as they are now, without an event. */
export type Known = {
  workspace: WorkspaceId;
  today: Facts;
  plans: ReadonlyMap<PlanId, Plan>;
  versions: readonly { id: PlanId; from: Date }[];
  stops: readonly Stop[];
  names: Names;
};

/** The version that was in force at an instant; undefined before the first. */
export const inForce = ({ plans, versions }: Known, at: number): Plan | undefined =>
  plans.get(versions.find(({ from }) => from.getTime() <= at)?.id ?? ("" as PlanId));

/** What became of an event otherwise: it waits, or could not be judged. */
export type Fates = ReadonlyMap<string, Outcome>;

/** An event as the beginning of a run: what it came to. */
export function asBeginning(
  known: Known,
  event: EventFacts,
  { run, away, fates }: { run: RunRow | undefined; away: Outcome | undefined; fates: Fates },
): Considered {
  return { ...line(event, begun(known, event, { run, away, fates })), run: run?.id ?? null };
}

function begun(
  known: Known,
  event: EventFacts,
  { run, away, fates }: { run: RunRow | undefined; away: Outcome | undefined; fates: Fates },
): Found {
  const by = inForce(known, event.acceptedAt);
  if (run) return enteredBy(known, run, by && exactly(known, by.entry.when, event));
  const fate = away ?? fates.get(event.id);
  if (fate) return { outcome: fate, findings: [] };
  if (!by) return { outcome: "before_live", findings: [] };
  if (event.name !== by.entry.event) return { outcome: "other_event", findings: [] };
  // What our own ledgers tell of these leaves no event's row.
  if (isOnlyOurs(by.entry)) return { outcome: "not_ours", findings: [] };
  if (wasStopped(known.stops, event.acceptedAt)) return { outcome: "stopped", findings: [] };
  if (event.isHistorical) return { outcome: "historical", findings: [] };
  if (isLate(event)) return { outcome: "late", findings: [] };
  if (isToldAgain(by, event)) return { outcome: "told_again", findings: [] };
  const { verdict, today, findings } = judgedPast(known, by.entry.when, event);
  if (verdict === true) return { outcome: "not_taken", findings };
  return { outcome: verdict === false || !today ? "rule_false" : "rule_true", findings };
}

/** An event of our own ledgers whose conditions did not hold: all that is kept of it. */
export function asRefused(known: Known, event: EventFacts): Considered {
  const by = inForce(known, event.acceptedAt);
  const { verdict, today, findings } = by
    ? judgedPast(known, by.entry.when, event)
    : { verdict: false, today: false, findings: [] };
  return line(event, { outcome: verdict === undefined && today ? "rule_true" : "rule_false", findings });
}

/** A run that began: with what was kept of its beginning, else with what is sure to have been so. */
export function enteredBy({ names }: Known, run: RunRow, sure: Finding[] = []): Found {
  const kept = whyInWords(run.why, { ...names, ...eventScope(run.entry.name) });
  return { outcome: run.isHeld ? "held_out" : "entered", findings: kept?.findings ?? sure };
}

/** The member as they are now, for an entry that no event makes. `beside`: what it asks besides its rule. */
export function asNow({ today, names }: Known, plan: Plan, beside: readonly Finding[] = []): Found {
  const explained = explain(plan.entry.when, today);
  const holds = explained.verdict && beside.every(({ held }) => held);
  return { outcome: holds ? "would_hold" : "rule_false", findings: [...beside, ...findingsOf(explained, names)] };
}

/** An entry that no event makes, and that was not made when its instant came: what was asked then is told by the member as they are now. */
export function inVain(name: string, at: Date, { outcome, findings }: Found): Considered {
  const is = outcome === "would_hold" ? "rule_true" : outcome;
  return {
    ...ofNobody(name, at, { outcome: is, findings: findings.map((one) => ({ ...one, isNow: true })) }),
    event: { id: null, name, label: eventName(name), occurredAt: at },
  };
}

/** An entry of which no event row tells. `id`: what the run or the turning away calls its event. */
export const ofNobody = (
  name: string,
  at: Date,
  { outcome, findings }: Found,
  { id = null, says = outcomeSays[outcome] }: { id?: string | null; says?: Text } = {},
): Considered => ({
  event: { id, name, label: eventName(name), occurredAt: null },
  at,
  outcome,
  says,
  run: null,
  findings,
});

/** What a rule found of an event of the past, what is sure first. `exact`: rooms of the run's own that are as they were. */
export function judgedPast(
  { today, names }: Known,
  rule: Rule,
  event: EventFacts,
  run: Pick<RunRow, "entry" | "vars"> & { node?: string; exact?: readonly string[] } = { entry: event, vars: {} },
): { verdict: boolean | undefined; today: boolean; findings: Finding[] } {
  const { entry, vars, node, exact = [] } = run;
  const facts = { ...today, event, entry, ...(vars && { vars }), ...(node !== undefined && { node }) };
  const past = { before: { ...facts, now: event.acceptedAt }, today: facts, known: ["event.", "entry.", ...exact] };
  const { verdict, explained, ofNow } = explainPast(rule, past);
  const findings = findingsOf(explained, { ...names, event: event.name, entry: entry.name }).map((one, i) => ({
    ...one,
    isNow: ofNow[i] ?? false,
  }));
  return { verdict, today: explained.verdict, findings: findings.sort((a, b) => Number(a.isNow) - Number(b.isNow)) };
}

const exactly = (known: Known, rule: Rule, event: EventFacts): Finding[] =>
  judgedPast(known, rule, event).findings.filter(({ isNow }) => !isNow);

const eventScope = (name: string | undefined) => (name === undefined ? {} : { event: name, entry: name });

/** One line about an event. */
export function line(event: EventFacts, { outcome, findings }: Found, says: Text = outcomeSays[outcome]): Considered {
  const { id, name, occurredAt, acceptedAt } = event;
  const of = { id, name, label: eventName(name), occurredAt: new Date(occurredAt) };
  return { event: of, at: new Date(acceptedAt), outcome, says, run: null, findings };
}
