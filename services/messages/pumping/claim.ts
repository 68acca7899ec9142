import type { WorkspaceId } from "@/core/ids";
import type { LoadedMember } from "@/core/members/loaded-member";
import type { ChannelKind } from "@/core/message/channel";
import { EXIT_HELD } from "@/core/plan/control";
import type { Plan } from "@/core/plan/plan";
import type { Refusal } from "@/core/refusals";
import { engine, planned, sql, type Tx } from "@/platform/db";
import { burySends } from "../../events/bury";
import { loadMembers } from "../../members/load";
import { lockGates } from "../../members/lock-gates";
import { loadPlans } from "../../plans/plans";
import { type Conditions, readConditions } from "../gate/conditions";
import { Deciding, type Decision } from "../gate/deciding";
import { readFacts } from "../gate/facts";
import { releaseDue } from "../gate/queue-looks";
import { sensitiveTags } from "../gate/sensitive";
import { addSpending, lockSpending, ofJourney, ofMonth, sums } from "../gate/spending";
import { plansBehind, type Waiting } from "../gate/waiting";
import { tellOutcomes } from "../tell";
import { countMessages } from "../traffic";

/** A message that passed the gate and is this claimer's to hand over, once. */
export type Claimed = Waiting & {
  address: string;
  claimedAt: Date;
  member: LoadedMember;
  planOf: Plan | undefined;
  cost: number;
};
/** Who hands it over, and by whom: reconciliation asks that account. */
export type Claimer = { worker: string; provider: string; isDemo?: boolean };
/** How many billed parts a message will be; asked only where a part costs something. */
export type PartsOf = (message: Waiting, member: LoadedMember, plan: Plan | undefined, now: Date) => Promise<number>;

/** Of a claim, what timers and broadcasts readied gets this share, however much events ready. */
const BULK_SHARE = 0.2;

/**
 * Claims up to `limit` messages under the gate, in one transaction of three round trips: their members'
 * gates are locked, then everything the gate decides by is read, so a withdrawal committed before is obeyed and one that comes later finds
 * nothing unclaimed, and of a member merged away it is the survivor who is asked; caps and budgets hold over all channels and workers. What may leave later is held, what may not is skipped with its
 * reason. `took` counts all three; `releases`: held messages whose time has come are let into the queue first. Uses message_queue.
 * Throws where the account is for demos and the workspace is none (any more), or the other way: what is sent to the sandbox reaches nobody, and what
 * a demo sends must not.
 */
export async function claim(
  workspace: WorkspaceId,
  channel: ChannelKind,
  limit: number,
  claimer: Claimer,
  { partsOf = async () => 1, releases = true }: { partsOf?: PartsOf; releases?: boolean } = {},
): Promise<{ took: number; claimed: Claimed[] }> {
  return engine(async (tx) => {
    if (releases) tx.push(releaseDue(workspace, channel));
    const [conditions, rows] = await Promise.all([readConditions(tx, workspace), take(tx, workspace, channel, limit)]);
    if (conditions.isDemo !== (claimer.isDemo ?? false))
      throw new Error(`workspace ${workspace} is ${conditions.isDemo ? "a" : "no"} demo: its accounts are others`);
    if (conditions.isStopped || rows.length === 0) return { took: 0, claimed: [] };
    const decided = await decide(tx, workspace, channel, conditions, rows, partsOf);
    write(tx, workspace, claimer, conditions.now, decided);
    addSpending(tx, workspace, sums(spentBy(decided, conditions.now), conditions.zone));
    const skipped = decided.flatMap(({ row: { id, memberId: member, journey, step, expiresAt }, verdict }) =>
      verdict.is === "skip"
        ? [{ id, member, channel, journey, step, state: "skipped", reason: verdict.reason, expiresAt }]
        : [],
    );
    await tellOutcomes(tx, workspace, skipped, conditions.now);
    // What nothing of the gate's had held, nor the workspace's own switch, waited for a provider, or for us.
    burySends(
      tx,
      workspace,
      skipped.flatMap(({ reason, ...one }) =>
        reason === "expired" && one.expiresAt.getTime() > (conditions.openSince?.getTime() ?? Number.NEGATIVE_INFINITY)
          ? [{ ...one, cause: "send_expired" as const, detail: reason }]
          : [],
      ),
    );
    countMessages(
      tx,
      workspace,
      skipped.map((one) => ({ ...one, outcome: "not_sent" })),
      conditions.now,
    );
    return {
      took: rows.length,
      claimed: decided.flatMap(({ row, verdict, address, member, plan, cost }) =>
        verdict.is === "pass" && address !== null && member
          ? [{ ...row, attempts: row.attempts + 1, member, address, cost, planOf: plan, claimedAt: conditions.now }]
          : [],
      ),
    };
  });
}

/**
 * First what events readied, by priority; beside it a share of the rest, so that neither waits for the other's end.
 * One look by the primary key for each that was taken, whatever the planner thinks: a plan made once does not know the limits, expects a tenth of the
 * queue, and read the whole table for each claim (0.8 to 3.4 s with a million queued, 1 ms so).
 */
const take = (tx: Tx, workspace: WorkspaceId, channel: ChannelKind, limit: number): Promise<Waiting[]> => {
  const of = sql`workspace_id = ${workspace} AND channel = ${channel} AND state = 'queued' AND NOT is_held`;
  // Of a claim too small for a whole message of bulk, every so many-th.
  const share = Math.floor(limit * BULK_SHARE + Math.random());
  return tx.rows<Waiting>(sql`
    WITH own AS MATERIALIZED (
      SELECT id FROM message WHERE ${of} AND is_bulk ORDER BY priority DESC, id LIMIT ${share} FOR NO KEY UPDATE SKIP LOCKED),
    hot AS MATERIALIZED (
      SELECT id FROM message WHERE ${of} AND NOT is_bulk ORDER BY priority DESC, id
      LIMIT ${limit} - (SELECT count(*) FROM own) FOR NO KEY UPDATE SKIP LOCKED),
    rest AS MATERIALIZED (
      SELECT id FROM message WHERE ${of} AND is_bulk AND id NOT IN (SELECT id FROM own) ORDER BY priority DESC, id
      LIMIT ${limit} - (SELECT count(*) FROM own) - (SELECT count(*) FROM hot) FOR NO KEY UPDATE SKIP LOCKED)
    SELECT m.id, COALESCE((SELECT o.merged_into FROM member o WHERE o.workspace_id = m.workspace_id AND o.id = m.member_id), m.member_id) AS "memberId", m.purpose, m.category, m.quiet, m.priority, m.is_bulk AS "isBulk", m.attempts, m.expires_at AS "expiresAt",
      m.plan_id AS plan, m.step, m.effect, m.content, m.variables, m.reason, m.journey_id AS journey,
      (SELECT j.state FROM journey j WHERE j.workspace_id = m.workspace_id AND j.id = m.journey_id) AS "journeyState",
      r.entry_event AS entry, (m.again_of IS NULL AND COALESCE(r.has_left, false)) AS "hasLeft"
    FROM (SELECT id FROM own UNION ALL SELECT id FROM hot UNION ALL SELECT id FROM rest) AS taken
    CROSS JOIN LATERAL (SELECT * FROM message WHERE workspace_id = ${workspace} AND id = taken.id OFFSET 0) AS m
    LEFT JOIN LATERAL (
      SELECT r.entry_event, ${HAS_LEFT} AS has_left FROM run r WHERE r.workspace_id = m.workspace_id AND r.id = m.run_id OFFSET 0) AS r ON true`);
};

/**
 * A run taken from where it stood: by its goal, an exit, a person, a new version, a merge. One that came to the end of its way, or to an exit by what it
 * did itself, has said what it had to say; what a person sends once more is theirs to decide. The journal is asked of ended runs only, by its primary key.
 */
const HAS_LEFT = sql`
  CASE WHEN r.state IN ('goal', 'exited') AND r.reason IS DISTINCT FROM ${EXIT_HELD} THEN r.reason IS NOT DISTINCT FROM 'merged' OR EXISTS (
    SELECT FROM journal l WHERE l.workspace_id = r.workspace_id AND l.run_id = r.id AND l.port IN ('@goal', '@exit')) ELSE false END`;

async function decide(
  tx: Tx,
  workspace: WorkspaceId,
  channel: ChannelKind,
  conditions: Conditions,
  rows: readonly Waiting[],
  partsOf: PartsOf,
): Promise<Decision[]> {
  planned(tx);
  const { settings, zone, now } = conditions;
  const ids = [...new Set(rows.map((row) => row.memberId))];
  const asked = {
    ids: rows.map((row) => row.id),
    members: ids,
    leastPriority: Math.min(...rows.map((r) => r.priority)),
  };
  const [, members, facts, plans] = await Promise.all([
    lockGates(tx, workspace, ids),
    loadMembers(tx, workspace, ids),
    readFacts(tx, workspace, channel, asked, settings),
    loadPlans(tx, workspace, rows.flatMap(plansBehind)),
  ]);
  const budgets = new Map<string, number>();
  if (settings.monthlyBudget !== null) budgets.set(ofMonth(now, zone), settings.monthlyBudget);
  for (const { journey, plan } of rows) {
    const budget = plan === null ? undefined : plans.get(plan)?.budget;
    if (journey !== null && budget !== undefined) budgets.set(ofJourney(journey), budget);
  }
  const [spent, reached] = await Promise.all([
    lockSpending(tx, workspace, budgets.size === 0 ? [] : [...budgets.keys(), ...chargeable(rows, now, zone)]),
    sensitiveTags(tx, workspace, plans, facts.sensitive),
  ]);
  const left = new Map([...budgets].map(([subject, most]) => [subject, most - (spent.get(subject) ?? 0)]));
  const deciding = new Deciding(channel, conditions, facts, left, reached);
  const price = settings.prices[channel];
  const decided: Decision[] = [];
  // Who has the better right decides first, whichever class of the queue it came from.
  for (const row of [...rows].sort(
    (a, b) => b.priority - a.priority || Number(a.isBulk) - Number(b.isBulk) || (a.id < b.id ? -1 : 1),
  )) {
    const member = members.get(row.memberId);
    const plan = row.plan === null ? undefined : plans.get(row.plan);
    const parts = price > 0 && member ? await partsOf(row, member, plan, now) : 1;
    decided.push(deciding.one(row, member, plan, parts, price * parts));
  }
  return decided;
}

function write(tx: Tx, workspace: WorkspaceId, claimer: Claimer, now: Date, decided: readonly Decision[]): void {
  const set = decided.map(({ row, verdict, address, parts, cost }) => ({
    id: row.id,
    address,
    parts,
    state: { pass: "claimed", hold: "queued", skip: "skipped" }[verdict.is],
    reason: verdict.is === "pass" ? null : (verdict.reason satisfies Refusal),
    cost: verdict.is === "pass" ? cost : 0,
    until:
      verdict.is !== "hold"
        ? null
        : Number.isFinite(verdict.until)
          ? new Date(verdict.until).toISOString()
          : "infinity",
  }));
  const ids = set.map((d) => d.id);
  // The ids twice: a plan kept from when the table was empty would join by walking the workspace's messages.
  tx.push(sql`
    UPDATE message SET state = d.state, reason = d.reason, address = d.address, parts = d.parts, cost = d.cost,
      attempts = message.attempts + (d.state = 'claimed')::int, not_before = COALESCE(d.until, message.not_before), is_held = d.until IS NOT NULL,
      claimed_at = CASE WHEN d.until IS NULL THEN ${now}::timestamptz END, claimed_by = CASE WHEN d.state = 'claimed' THEN ${claimer.worker} END,
      called_at = NULL,
      provider = CASE WHEN d.state = 'claimed' THEN ${claimer.provider} ELSE message.provider END
    FROM unnest(${ids}::uuid[], ${set.map((d) => d.state)}::text[], ${set.map((d) => d.reason)}::text[], ${set.map((d) => d.address)}::text[],
      ${set.map((d) => d.parts)}::int[], ${set.map((d) => d.cost)}::bigint[], ${set.map((d) => d.until)}::timestamptz[])
      AS d(id, state, reason, address, parts, cost, until)
    WHERE message.workspace_id = ${workspace} AND message.id = ANY(${ids}::uuid[]) AND message.id = d.id`);
}

/**
 * All that the claim may charge, budget or none: what a claim locks first it locks whole, or a refund between its look at the budgets and its commit
 * would hold one subject and wait for another.
 */
const chargeable = (rows: readonly Waiting[], now: Date, zone: string): string[] => [
  ofMonth(now, zone),
  ...rows.flatMap(({ journey }) => (journey === null ? [] : [ofJourney(journey)])),
];

const spentBy = (decided: readonly Decision[], at: Date) =>
  decided.flatMap(({ row, verdict, cost }) => (verdict.is === "pass" ? [{ journey: row.journey, cost, at }] : []));
