import { nodeOf, type PlanId, type RunId, type StepId } from "@/core/ids";
import type { JourneyDocument } from "@/core/journey/document";
import { MAIL } from "@/core/plan/control";
import { orderOf } from "@/core/plan/order";
import type { Plan } from "@/core/plan/plan";
import { isLate } from "@/core/plan/react";
import type { EventFacts } from "@/core/rules/facts";
import type { Rule } from "@/core/rules/rule";
import { readsEvent } from "@/core/rules/walk";
import type { Text } from "@/core/text";
import { sql, type Tx } from "@/platform/db";
import { nodeIn, titleOf } from "../../runs/drawn";
import { type Finding, whyInWords } from "../../runs/why";
import { type Considered, inForce, judgedPast, type Known, line, type RunRow } from "./considered";

/** More lines than a member's runs leave while a page of events passes. */
const MOST_LINES = 5000;

type Line = { run: RunId; step: StepId; lap: number; port: string; at: Date; why: unknown };
type Asks = { of: Text; when: Rule };

/**
 * What events came to in the runs that were on their way when they came: those that they moved, and those that they passed by, with what the wait
 * there, the goal and the exits asked of them. An event that nothing there asks about has no line.
 */
export async function passedBy(
  tx: Tx,
  known: Known,
  runs: readonly RunRow[],
  events: readonly EventFacts[],
): Promise<Considered[]> {
  if (runs.length === 0 || events.length === 0) return [];
  const first = new Date(Math.min(...events.map(({ acceptedAt }) => acceptedAt)));
  const lines = await tx.rows<Line>(sql`
    SELECT run_id AS run, step, lap, port, at, why FROM journal
    WHERE workspace_id = ${known.workspace} AND run_id = ANY(${runs.map(({ id }) => id)}::uuid[]) AND at > ${first} AND step <> ${MAIL}
    ORDER BY at LIMIT ${MOST_LINES}`);
  const drawings = await drawingsOf(tx, known, runs);
  const linesOf = new Map(runs.map(({ id }) => [id, lines.filter(({ run }) => run === id)]));
  return events.flatMap((event) =>
    runs
      .filter((run) => run.event !== event.id)
      .flatMap((run) => {
        const own = linesOf.get(run.id) ?? [];
        const moved = own.find(({ why }) => isBy(why, event));
        const told = moved
          ? movedBy(known, event, moved)
          : isOnItsWay(run, event)
            ? missed(known, event, run, own, drawings)
            : undefined;
        return told ? [{ ...told, run: run.id }] : [];
      }),
  );
}

/** A member's events are judged in the order they were accepted in: what came after the one that began the run found it there. */
const isOnItsWay = ({ entry, enteredAt, endedAt }: RunRow, { acceptedAt: at }: EventFacts): boolean =>
  (entry.acceptedAt ?? enteredAt.getTime()) <= at && (endedAt === null || endedAt.getTime() >= at);

const isBy = (why: unknown, { id }: EventFacts): boolean =>
  typeof why === "object" && why !== null && "event" in why && why.event === id;

function movedBy({ names }: Known, event: EventFacts, { why, port }: Line): Considered {
  const outcome = port === "@exit" ? "left" : port === "@goal" ? "reached_goal" : "moved";
  const said = whyInWords(why, { ...names, event: event.name, eventOf: () => event.name });
  return line(event, { outcome, findings: said?.findings ?? [] });
}

function missed(
  known: Known,
  event: EventFacts,
  run: RunRow,
  lines: readonly Line[],
  drawings: ReadonlyMap<PlanId, JourneyDocument>,
): Considered | undefined {
  const plan = known.plans.get(run.plan) ?? inForce(known, event.acceptedAt);
  if (!plan) return undefined;
  const stood = stoodAt(plan, run, lines, event.acceptedAt);
  const late = isLate(event);
  const asks = asksOf(plan, stood, event, { late, held: run.isHeld, drawing: drawings.get(plan.id) });
  const waits = late && !run.isHeld && asksAtWait(plan, stood, event).length > 0;
  if (asks.length === 0 && !waits) return undefined;
  if (event.isHistorical) return line(event, { outcome: "historical", findings: [] });
  // What the run has been given since then would be told as if it had been there.
  const exact = run.endedAt === null && run.step === stood ? ["here.", "coupon.", "answer."] : ["here."];
  const findings = asks.flatMap(({ of, when }): Finding[] =>
    judgedPast(known, when, event, { ...run, node: nodeOf(stood), exact }).findings.map((one) => ({ ...one, of })),
  );
  return line(event, { outcome: waits ? "late_wait" : "missed", findings });
}

/** The step that a run stood at: the first that it left afterwards; of steps left in one transaction the first in the plan. */
function stoodAt(plan: Plan, run: RunRow, lines: readonly Line[], at: number): StepId {
  const since = Math.max(at, run.enteredAt.getTime());
  const later = lines.filter((one) => one.at.getTime() > since);
  const next = later[0]?.at.getTime();
  const ranks = orderOf(plan);
  const rank = ({ step }: Line) => ranks.get(step) ?? Number.MAX_SAFE_INTEGER;
  const [first] = later.filter((one) => one.at.getTime() === next).sort((a, b) => a.lap - b.lap || rank(a) - rank(b));
  return first?.step ?? run.step;
}

/** The rules that could have made something of an event at a step: the wait's, the goal's, the exits'. */
function asksOf(
  plan: Plan,
  step: StepId,
  event: EventFacts,
  { late, held, drawing }: { late: boolean; held: boolean; drawing: JourneyDocument | undefined },
): Asks[] {
  const { goal, exits } = plan;
  const hears = ({ on, when }: { on?: string; when: Rule }) =>
    on === event.name || ((on === undefined || on === "*") && readsEvent(when));
  const wait = titleAt(drawing, step);
  return [
    ...(late || held ? [] : asksAtWait(plan, step, event)).map((when) => ({
      of: { en: `To go on from “${wait.en}”`, "zh-CN": `离开“${wait["zh-CN"]}”` },
      when,
    })),
    ...(goal && hears(goal) ? [{ of: { en: "To reach the goal", "zh-CN": "达成目标" }, when: goal.when }] : []),
    ...exits.flatMap((exit, i) =>
      hears(exit)
        ? [{ of: { en: `To leave by exit ${i + 1}`, "zh-CN": `按退出条件 ${i + 1} 离开` }, when: exit.when }]
        : [],
    ),
  ];
}

function asksAtWait(plan: Plan, at: StepId, event: EventFacts): Rule[] {
  const step = plan.steps[at];
  if (step?.op !== "wait") return [];
  return step.first.flatMap((way) =>
    "on" in way && (way.on === event.name || (way.on === "*" && readsEvent(way.when))) ? [way.when] : [],
  );
}

/** Names of events that plans ask about on the way, beside those that begin them. */
export const heardOnTheWay = (plans: Iterable<Plan>): string[] => [
  ...new Set(
    [...plans].flatMap(({ goal, exits, steps }) => [
      ...(goal?.on === undefined ? [] : [goal.on]),
      ...exits.flatMap(({ on }) => on ?? []),
      ...Object.values(steps).flatMap((step) =>
        step.op === "wait" ? step.first.flatMap((way) => ("on" in way ? [way.on] : [])) : [],
      ),
    ]),
  ),
];

function titleAt(drawing: JourneyDocument | undefined, step: StepId): Text {
  return titleOf(drawing && nodeIn(drawing, nodeOf(step)));
}

async function drawingsOf(
  tx: Tx,
  { workspace }: Known,
  runs: readonly RunRow[],
): Promise<Map<PlanId, JourneyDocument>> {
  const rows = await tx.rows<{ id: PlanId; document: JourneyDocument }>(sql`
    SELECT id, document FROM plan WHERE workspace_id = ${workspace} AND id = ANY(${[...new Set(runs.map(({ plan }) => plan))]}::text[])`);
  return new Map(rows.map(({ id, document }) => [id, document]));
}
