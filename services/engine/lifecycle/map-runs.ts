import { change } from "@/core/change";
import { type JourneyId, type MemberId, nodeOf, type PlanId, type StepId, type WorkspaceId } from "@/core/ids";
import { asksTheClock } from "@/core/plan/look";
import { type Fate, fateOfHeld, type Mapping, mapForward } from "@/core/plan/map-forward";
import type { Plan } from "@/core/plan/plan";
import type { MemberFacts } from "@/core/rules/facts";
import { sql, type Tx } from "@/platform/db";
import { loadMappings } from "../../journeys/publishing/mappings";
import { loadPlans } from "../../plans/plans";
import { cancelTasks } from "../../tasks/follow";
import { factsOf } from "../leg";
import { isLive, type Run } from "../run";
import type { Line, Traffic } from "../write";
import { type Handling, recordHandlings } from "./handlings";
import { opensAt, type Revised, revisedBy, reviseOpen } from "./revise-tasks";

/** The publishes that some runs have not been through yet, by journey. */
export type Behind = { runs: readonly Run[]; mappings: ReadonlyMap<JourneyId, readonly Mapping[]> };

/**
 * Which of these runs are behind their journey's last publish. `published`: how many publishes each journey has had. Adds the plans they lead to
 * to `plans`. undefined when there is nothing to do, as nearly always: the job of a publish has been here before.
 */
export async function behind(
  tx: Tx,
  workspace: WorkspaceId,
  runs: readonly Run[],
  published: (journey: JourneyId) => number,
  plans: Map<PlanId, Plan>,
): Promise<Behind | undefined> {
  const late = runs.filter((run) => isLive(run.state) && run.mapped < published(run.journey));
  if (late.length === 0) return undefined;
  const mappings = new Map<JourneyId, readonly Mapping[]>();
  for (const journey of new Set(late.map((run) => run.journey)))
    mappings.set(journey, await loadMappings(tx, workspace, journey, published(journey)));
  const wanted = [...mappings.values()].flat().flatMap(({ from, to }) => [from, to]);
  for (const [id, plan] of await loadPlans(tx, workspace, wanted)) plans.set(id, plan);
  return { runs: late, mappings };
}

export type Context = {
  workspace: WorkspaceId;
  now: Date;
  zone: string;
  plans: ReadonlyMap<PlanId, Plan>;
  members: ReadonlyMap<MemberId, MemberFacts>;
  lines: Line[];
  traffic: Traffic;
};

/**
 * Takes runs through the publishes they are behind, in memory, and writes their plans; the rest of their rows is the caller's to save. The
 * caller holds their locks. Tasks that wait at a node which was changed say what it says now. Returns those whose row changed in more than their plan.
 */
export async function mapRuns(tx: Tx, { runs, mappings }: Behind, context: Context): Promise<Run[]> {
  const handlings: Handling[] = [];
  const changed = new Set<Run>();
  const tasks: Tasks = { dropped: [], revised: new Map() };
  for (const run of runs)
    for (const mapping of mappings.get(run.journey) ?? []) {
      if (mapping.number <= run.mapped || !isLive(run.state)) continue;
      const from = run.step;
      if (mapping.from === run.plan && mapOne(run, mapping, context, tasks)) changed.add(run);
      run.mapped = mapping.number;
      // A held run stands at no step of the drawing.
      if ((run.step !== from && run.state !== "held") || run.state === "exited")
        handlings.push({ run: run.id, did: "publish", from, to: run.state === "exited" ? null : run.step });
    }
  savePlans(tx, context.workspace, runs);
  cancelTasks(tx, context.workspace, tasks.dropped, context.now);
  await reviseOpen(tx, context, tasks.revised);
  recordHandlings(tx, context.workspace, handlings, { by: "system:publish", job: null }, context.now);
  return [...changed];
}

/** Writes which plan runs are on, and through which publishes they have been. */
export function savePlans(tx: Tx, workspace: WorkspaceId, runs: readonly Run[]): void {
  tx.push(sql`
    UPDATE run SET plan_id = m.plan, mapped = m.mapped
    FROM unnest(${runs.map((r) => r.id)}::uuid[], ${runs.map((r) => r.plan)}::text[], ${runs.map((r) => r.mapped)}::int[]) AS m(id, plan, mapped)
    WHERE run.workspace_id = ${workspace} AND run.id = m.id`);
}

/** `dropped`: those that are nobody's any more; `revised`: by their ids, those whose node was changed. */
type Tasks = { dropped: string[]; revised: Map<string, Revised> };

/** Whether more than its plan changed. */
function mapOne(run: Run, mapping: Mapping, context: Context, tasks: Tasks): boolean {
  const { plans, zone, members } = context;
  const [from, to] = [plans.get(mapping.from), plans.get(mapping.to)];
  if (!from || !to) throw new Error(`the plans of publish ${mapping.number} are missing`);
  if (run.state === "held") return mapHeld(run, to, fateOfHeld(mapping.fates), context);
  const mapped = mapForward(
    from,
    to,
    mapping.fates,
    {
      step: run.step,
      state: run.state === "ready" ? "ready" : "parked",
      port: run.port,
      parkedAt: run.parkedAt?.getTime() ?? null,
      dueAt: run.dueAt?.getTime() ?? null,
    },
    context.now.getTime(),
    (at) => factsOf(run, { members }, { zone }, new Date(at)),
  );
  switch (mapped.is) {
    case "stays":
      return false;
    case "exits":
      context.traffic.add(run, run.step, "@exit");
      leave(run, to, context);
      return true;
    case "moves": {
      if (mapped.step !== run.step) context.traffic.add(run, run.step, "@moved");
      const isReadied =
        mapped.state === "ready" && (run.state !== "ready" || mapped.port !== run.port || mapped.step !== run.step);
      const hasDropped = dropTask(run, { from, to, at: mapped.step }, tasks.dropped);
      const revised = nodeOf(mapped.step) === nodeOf(run.step) && revisedBy(run, from, to);
      // Of several publishes the first tells how it was opened, and the last how it would be now.
      if (revised)
        tasks.revised.set(revised.task, { ...revised, before: (tasks.revised.get(revised.task) ?? revised).before });
      run.plan = to.id;
      // What the new plan asks of the clock is looked up by whoever comes at once.
      const asks = mapped.state === "parked" && asksTheClock(to, { step: mapped.step, state: "parked" });
      const lookAt = asks ? context.now : null;
      if (
        !hasDropped &&
        lookAt === run.lookAt &&
        mapped.step === run.step &&
        mapped.state === run.state &&
        mapped.port === run.port &&
        mapped.dueAt === (run.dueAt?.getTime() ?? null)
      )
        return false;
      change(run, {
        step: mapped.step,
        state: mapped.state,
        port: mapped.port,
        parkedAt: mapped.parkedAt === null ? null : new Date(mapped.parkedAt),
        dueAt: mapped.dueAt === null ? null : new Date(mapped.dueAt),
        lookAt,
        ...(isReadied && { readyBy: "publish", readyEvent: null, readyWhy: null, isBulk: true }),
      });
      return true;
    }
    default:
      return mapped satisfies never;
  }
}

function leave(run: Run, to: Plan, { lines }: Context): void {
  lines.push({ run: run.id, step: run.step, lap: run.lap, port: "@exit", why: { published: to.version } });
  change(run, { state: "exited", reason: "left_on_publish", mail: [], dueAt: null, port: null });
}

/** A held run listens by the plan of those who were let in (decision 116), for as long as it was to be observed. Whether more than its plan changed. */
function mapHeld(run: Run, to: Plan, fate: Fate["is"], context: Context): boolean {
  if (fate === "exit") leave(run, to, context);
  if (fate !== "move") return fate === "exit";
  const step = to.first ?? run.step;
  const lookAt = asksTheClock(to, { step, state: "held" }) ? context.now : null;
  const isSame = step === run.step && lookAt === run.lookAt;
  change(run, { plan: to.id, step, lookAt });
  return !isSame;
}

/** A node of another kind than the one that asked there waits for no answer to that. Whether there was something asked. */
function dropTask(run: Run, { from, to, at }: { from: Plan; to: Plan; at: StepId }, dropped: string[]): boolean {
  const node = nodeOf(run.step);
  const known = run.vars[node];
  const isSameKind = opensAt(from, node)?.kind === opensAt(to, node)?.kind;
  if (known?.task === undefined || nodeOf(at) !== node || isSameKind) return false;
  const { task, ...rest } = known;
  run.vars = { ...run.vars, [node]: rest };
  dropped.push(task);
  return true;
}
