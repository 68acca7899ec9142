import type { JourneyId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/**
 * Holds a journey's state and plan as they are until the commit: everyone who enters or moves members does, many at once. Asked for before the
 * journey's row is read, so that the row read is the one that stays. Advisory, because its queue is fair: batches that overlap for ever would
 * keep whoever wants the row itself waiting for ever (decision 021).
 */
export const holdJourney = (tx: Tx, journey: JourneyId): void =>
  tx.push(sql`SELECT pg_advisory_xact_lock_shared(hashtextextended(${journey}, 0))`);

/**
 * Takes a journey for whoever changes its state or plan: waits for the batches under way, and those that come later wait for this commit. The
 * draft is nobody's premise and needs no such lock.
 */
export const takeJourney = (tx: Tx, journey: JourneyId): void =>
  tx.push(sql`SELECT pg_advisory_xact_lock(hashtextextended(${journey}, 0))`);
