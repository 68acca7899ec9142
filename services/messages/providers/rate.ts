import { peek, sql } from "@/platform/db";

/** A burst of as much as one second carries. */
const BURST_US = 1_000_000;
/** At most a tenth of a second's calls are taken at once, so that several senders take turns. */
const TURNS = 10;

/**
 * Takes up to `wanted` calls of a provider's rate (calls a second, over all workers). One row a provider, one statement a claim: `empty_at` is
 * the instant (microseconds) at which the bucket was empty; one to come is of a clock that was set back since, and counts as now. What was taken and finds no message is returned; after an error it is
 * lost, at most a tenth of a second's.
 */
export async function takeCalls(provider: string, perSecond: number, wanted: number): Promise<number> {
  const most = Math.max(1, Math.min(wanted, Math.floor(perSecond / TURNS)));
  const perCall = Math.round(1_000_000 / perSecond);
  const [row] = await peek<{ granted: number }>(sql`
    WITH clock AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now),
    made AS (INSERT INTO provider_rate (provider, empty_at) SELECT ${provider}, 0 ON CONFLICT DO NOTHING),
    bucket AS (
      SELECT least(greatest(r.empty_at, c.now - ${BURST_US}::bigint), c.now) AS empty_at, c.now FROM provider_rate r, clock c
      WHERE r.provider = ${provider} FOR UPDATE OF r),
    taken AS (SELECT empty_at, least(${most}::bigint, (now - empty_at) / ${perCall}::bigint) AS n FROM bucket)
    UPDATE provider_rate SET empty_at = taken.empty_at + taken.n * ${perCall}::bigint FROM taken
    WHERE provider_rate.provider = ${provider} RETURNING taken.n AS granted`);
  return Math.max(0, row?.granted ?? 0);
}

/** Puts back calls that found no message: without it a queue of single messages spent five calls of a rate of 50 on each. */
export async function returnCalls(provider: string, perSecond: number, unused: number): Promise<void> {
  if (unused <= 0) return;
  const perCall = Math.round(1_000_000 / perSecond);
  await peek(
    sql`UPDATE provider_rate SET empty_at = empty_at - ${unused}::bigint * ${perCall}::bigint WHERE provider = ${provider}`,
  );
}
