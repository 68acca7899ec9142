import type { Sent } from "@/channels/provider";
import { afterCalls, type Circuit, CLOSED, stateOf } from "@/core/policy/breaker";
import { engine, peek, sql } from "@/platform/db";
import { log } from "@/platform/log";

type Row = { provider: string; failures: number; trips: number; openUntil: number | null };
const COLUMNS = sql`provider, failures, trips, (extract(epoch FROM open_until) * 1000)::float8 AS "openUntil"`;

/** These providers' circuits by name, as every worker sees them; one that never failed has no row and is closed. */
export async function readCircuits(providers: readonly string[]): Promise<Map<string, Circuit>> {
  const rows = await peek<Row>(sql`SELECT ${COLUMNS} FROM provider_circuit WHERE provider = ANY(${providers}::text[])`);
  return new Map(rows.map(({ provider, ...circuit }) => [provider, circuit]));
}

/** Whether an outcome counts against its provider: silence and "not now" do. Who answered, if only to refuse one message for good, works. */
export const isAgainst = (sent: Sent | { is: "released" }): boolean =>
  sent.is === "unknown" || (sent.is === "refused" && !sent.lasting);

/** Tells the circuit how calls ended. `known`: as this worker last read it, so that while all is well nothing is written. */
export async function noteCalls(
  provider: string,
  ended: { well: number; badly: number; reason: string | null },
  known: Circuit,
): Promise<Circuit> {
  if (ended.badly === 0 && known.failures === 0 && known.trips === 0) return known;
  return engine(async (tx) => {
    tx.push(sql`
      INSERT INTO provider_circuit (provider, changed_at) VALUES (${provider}, clock_timestamp()) ON CONFLICT DO NOTHING`);
    const row = await tx.one<Row & { now: number }>(sql`
      SELECT ${COLUMNS}, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now FROM provider_circuit WHERE provider = ${provider} FOR UPDATE`);
    if (!row) return CLOSED;
    const before: Circuit = { failures: row.failures, trips: row.trips, openUntil: row.openUntil };
    const next = afterCalls(before, ended, row.now);
    if (next === before) return before;
    if (next.openUntil !== before.openUntil)
      log("messages").warn(
        { provider, state: stateOf(next, row.now), reason: ended.reason },
        "a provider's circuit changed",
      );
    await tx.run(sql`
      UPDATE provider_circuit SET failures = ${next.failures}, trips = ${next.trips}, open_until = ${next.openUntil === null ? null : new Date(next.openUntil)},
        reason = ${ended.badly > 0 ? ended.reason : null}, changed_at = clock_timestamp()
      WHERE provider = ${provider}`);
    return next;
  });
}
