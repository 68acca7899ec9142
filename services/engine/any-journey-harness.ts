import { expect } from "vitest";
import type { StepId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import { anyOfEvents, OFFERS } from "@/core/simulate/any-journey-harness";
import { engine, json, peek, sql } from "@/platform/db";
import type { Shop } from "@/tests/harness/shop";

/** Generated drawings that begin by what happens first in every history, so that somebody is on the way. */
export const begunByEvents = anyOfEvents.filter(({ entry, nodes }) => {
  const config: { event?: unknown } = nodes.find(({ id }) => id === entry)?.config ?? {};
  return config.event === "order_paid" || config.event === "store_visit";
});

/** How many of an offer there are, of those that there are not enough of for all. */
export const FEW = 2;

/** The offers that generated drawings give: two have a bound, by stock and by member. */
export async function offersFor({ workspace }: Shop): Promise<void> {
  const terms = json({
    discount: { kind: "amount_off", threshold: 100, amount: 10 },
    validity: { is: "days", days: 30 },
  });
  await engine(async (tx) => {
    for (const [name, id] of Object.entries(OFFERS)) {
      await tx.run(sql`
        INSERT INTO offer (workspace_id, id, name, names, kind, terms, per_member)
        VALUES (${workspace}, ${id}, ${name}, '{}', 'amount_off', ${terms}, ${name === "once" ? 1 : null})`);
      await tx.run(sql`
        INSERT INTO offer_stock (workspace_id, offer_id, stock) VALUES (${workspace}, ${id}, ${name === "few" ? FEW : null})`);
    }
  });
}

type Line = { run: string; step: StepId; ports: string };
type Given = { coupons: number; points: number; messages: number; tasks: number };

/** What the ledgers hold is what the journal says was given, no more and no less, by whichever version it was given. How often something was. */
export async function givenAsJournalled({ workspace }: Shop): Promise<number> {
  const lines = await peek<Line & Given>(sql`
    SELECT l.run, l.step, l.ports,
      (SELECT count(*)::int FROM coupon c WHERE c.workspace_id = ${workspace} AND c.run_id = l.run AND c.step = l.step) AS coupons,
      (SELECT count(*)::int FROM points_entry e WHERE e.workspace_id = ${workspace} AND e.kind = 'earn' AND e.run_id = l.run AND e.step = l.step) AS points,
      (SELECT count(*)::int FROM message m WHERE m.workspace_id = ${workspace} AND m.run_id = l.run AND m.step = l.step) AS messages,
      (SELECT count(*)::int FROM task t WHERE t.workspace_id = ${workspace} AND t.run_id = l.run AND t.step = l.step) AS tasks
    FROM (SELECT run_id AS run, step, string_agg(port, ' ') AS ports FROM journal WHERE workspace_id = ${workspace} GROUP BY run_id, step) AS l`);
  const plans = await peek<{ body: Plan }>(sql`SELECT body FROM plan WHERE workspace_id = ${workspace}`);
  let all = 0;
  for (const { run, step, ports, ...given } of lines) {
    const drawn = plans.map(({ body }) => body.steps[step]).find((one) => one?.op === "apply");
    if (drawn?.op !== "apply") continue;
    const done = "port" in drawn.done ? drawn.done.port : drawn.done.step;
    const times = ports.split(" ").filter((port) => port === done).length;
    const of = (type: string) => times * drawn.effects.filter((effect) => effect.type === type).length;
    const wanted = { coupons: of("issueCoupon"), points: of("addPoints"), messages: of("sendMessage") };
    expect({ run, step, ...given }).toEqual({ run, step, ...wanted, tasks: of("openTask") });
    all += times;
  }
  return all;
}

/** Re-entry and limits go by this count: who left holds no place any more. */
export async function countedAsLive({ workspace }: Shop): Promise<void> {
  expect(
    await peek(sql`
      SELECT e.key, e.live, count(r.id)::int AS runs FROM entry e
      LEFT JOIN run r ON r.workspace_id = e.workspace_id AND r.journey_id = e.journey_id AND r.member_id = e.member_id AND r.entry_key = e.key
        AND r.state IN ('ready', 'parked', 'held')
      WHERE e.workspace_id = ${workspace} GROUP BY e.workspace_id, e.journey_id, e.member_id, e.key, e.live HAVING e.live <> count(r.id)`),
  ).toEqual([]);
}
