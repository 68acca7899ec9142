import type { InboxEvent } from "@/core/events/inbox-event";
import { type EventId, type JobId, type JourneyId, LANES, laneOf, type MemberId } from "@/core/ids";
import { compile } from "@/core/journey/compile";
import { JourneyDocument } from "@/core/journey/document";
import type { Plan } from "@/core/plan/plan";
import { engine, json, peek, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { type Shard, START } from "@/services/engine/claim";
import { conduct } from "@/services/engine/conduct";
import { dispatch } from "@/services/engine/dispatching/dispatch";
import { requeue } from "@/services/events/requeue";
import { startJob } from "@/services/jobs/start";
import { fatesOf, type Moves } from "@/services/journeys/publishing/fates";
import { storeMapping } from "@/services/journeys/publishing/mappings";
import { ensureConductor } from "@/services/rings/conductors";
import type { Shop } from "./shop";

/** A journey that is live, without the doors it usually comes through. */
export async function liveJourney(shop: Shop, draft: unknown): Promise<{ id: JourneyId; plan: Plan; shard: Shard }> {
  const document = JourneyDocument.parse(draft);
  const id = newId<JourneyId>();
  const plan = compile(document, { workspace: shop.workspace, journey: id, version: 1 });
  await engine(async (tx) => {
    await tx.run(sql`
      INSERT INTO journey (workspace_id, id, name, document) VALUES (${shop.workspace}, ${id}, ${document.name}, ${json(document)})`);
    await tx.run(sql`
      INSERT INTO plan (workspace_id, id, journey_id, version, document, body, published_by, published_at)
      VALUES (${shop.workspace}, ${plan.id}, ${id}, 1, ${json(document)}, ${json(plan)}, 'test', now())`);
    await tx.run(
      sql`UPDATE journey SET state = 'live', plan_id = ${plan.id}, version = 1 WHERE workspace_id = ${shop.workspace} AND id = ${id}`,
    );
    await ensureConductor(tx, shop.workspace, id, 1);
  });
  return { id, plan, shard: { workspace: shop.workspace, journey: id, shard: 0 } };
}

/** What becomes of those on their way when the next version is published, and when that is. */
type Publish = { moves: Moves; now: Date };

/**
 * The next version of a live journey: who enters from now on follows it. With `publish` those on their way go where they are sent, as a publish
 * through its doors has it: a job is left that takes them there.
 */
export async function republish(
  shop: Shop,
  journey: JourneyId,
  draft: unknown,
  version: number,
  publish?: Publish,
): Promise<Plan> {
  const document = JourneyDocument.parse(draft);
  const plan = compile(document, { workspace: shop.workspace, journey, version });
  await engine(async (tx) => {
    const [from] = await tx.rows<{ plan: Plan; document: JourneyDocument }>(sql`
      SELECT p.body AS plan, p.document FROM journey j JOIN plan p ON p.workspace_id = j.workspace_id AND p.id = j.plan_id
      WHERE j.workspace_id = ${shop.workspace} AND j.id = ${journey} FOR NO KEY UPDATE OF j`);
    if (!from) throw new Error("nothing is live yet");
    await tx.run(sql`
      INSERT INTO plan (workspace_id, id, journey_id, version, document, body, published_by, published_at)
      VALUES (${shop.workspace}, ${plan.id}, ${journey}, ${version}, ${json(document)}, ${json(plan)}, 'test', now())`);
    if (publish) await send(tx, shop, from, { plan, document }, publish);
    await tx.run(
      sql`UPDATE journey SET plan_id = ${plan.id}, version = ${version} WHERE workspace_id = ${shop.workspace} AND id = ${journey}`,
    );
  });
  return plan;
}

type Drawn = { plan: Plan; document: JourneyDocument };

async function send(tx: Tx, { workspace }: Shop, from: Drawn, to: Drawn, { moves, now }: Publish): Promise<void> {
  const { journey } = to.plan;
  const fates = fatesOf(from, to, moves);
  if (!fates.ok) throw new Error(fates.detail ?? fates.reason);
  const number = await storeMapping(
    tx,
    workspace,
    journey,
    { from: from.plan.id, to: to.plan.id, fates: fates.value },
    now,
  );
  await startJob(
    tx,
    workspace,
    { id: newId<JobId>(), kind: "publish", journey, spec: { number }, total: 0 },
    "test",
    now,
  );
}

/** Members who agreed to everything, with a phone and an address. */
export async function members(shop: Shop, count: number, set: { tier?: string } = {}): Promise<MemberId[]> {
  const ids = Array.from({ length: count }, () => newId<MemberId>());
  await engine(async (tx) => {
    await tx.run(sql`
      INSERT INTO member (workspace_id, id, name, phone, email, tier)
      SELECT ${shop.workspace}, m.id, 'Member ' || n, '+86138' || lpad(n::text, 8, '0'), 'm' || n || '@example.com', ${set.tier ?? "basic"}
      FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS m(id, n)`);
    await tx.run(sql`
      INSERT INTO consent (workspace_id, member_id, channel, purpose, is_granted, source, at)
      SELECT ${shop.workspace}, m.id, c, 'marketing', true, 'test', now() FROM unnest(${ids}::uuid[]) AS m(id), unnest(ARRAY['sms', 'email', 'push']) AS c`);
  });
  return ids;
}

/** An accepted event, as ingest leaves it. */
export function event(
  name: string,
  properties: Record<string, unknown> = {},
  at: { occurredAt?: number; acceptedAt?: number; isHistorical?: boolean } = {},
): InboxEvent {
  const now = Date.now();
  const id = newId<EventId>();
  return {
    id,
    name,
    type: "track",
    messageId: id,
    properties,
    occurredAt: at.occurredAt ?? now,
    acceptedAt: at.acceptedAt ?? now,
    isHistorical: at.isHistorical ?? false,
    isTrusted: true,
  };
}

export async function accept(shop: Shop, rows: { member: MemberId; event: InboxEvent }[]): Promise<void> {
  await engine(async (tx) =>
    requeue(
      tx,
      shop.workspace,
      rows.map(({ member, event }) => ({ lane: laneOf(shop.workspace, member), member, event })),
    ),
  );
}

/**
 * Turns every lane until nothing is left to take in any: a member who is joined takes their events along, into a lane that may have had its turn.
 * Without `carries` what became ready is left to its conductors.
 */
export async function dispatchAll({ carries = true } = {}): Promise<void> {
  for (let lanes = ALL_LANES; lanes.length > 0; lanes = await filled()) {
    let took = 0;
    for (const lane of lanes) took += await dispatchLane(lane, { carries });
    if (took === 0 && lanes !== ALL_LANES) return;
  }
}

const ALL_LANES: readonly number[] = Array.from({ length: LANES }, (_, lane) => lane);
const filled = async (): Promise<number[]> =>
  (await peek<{ lane: number }>(sql`SELECT DISTINCT lane FROM inbox ORDER BY lane`)).map(({ lane }) => lane);

/** Turns a lane until it is empty; how many events it took. */
export async function dispatchLane(lane: number, { carries = true } = {}): Promise<number> {
  let took = 0;
  for (;;) {
    const turn = await dispatch(lane, { carries });
    if (turn.is !== "took" || turn.took === 0) return took;
    took += turn.took;
  }
}

/** Conducts a shard until nothing is ready or due. */
export async function conductAll(shard: Shard): Promise<void> {
  let cursor = START;
  for (;;) {
    const turn = await conduct(shard, cursor, { hot: 400, bulk: 100 });
    if (turn.is === "moved") {
      cursor = turn.cursor;
      continue;
    }
    if (turn.is === "over" || cursor === START) return;
    cursor = START;
  }
}

export type RunRow = {
  id: string;
  member: MemberId;
  state: string;
  step: string;
  lap: number;
  port: string | null;
  reason: string | null;
  vars: Record<string, unknown>;
};
export const runsOf = (journey: JourneyId): Promise<RunRow[]> =>
  peek<RunRow>(
    sql`SELECT id, member_id AS member, state, step, lap, port, reason, vars FROM run WHERE journey_id = ${journey} ORDER BY id`,
  );
