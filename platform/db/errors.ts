import pg from "pg";

/** The code of a Postgres error, if it is one: 23505 unique, 23514 check, 40P01 deadlock. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined;

// Connection refused or cut, the server starting, stopping, out of connections or of space, taking no writes for now, our session ended for
// standing still: SQLSTATE classes 08, 57P and 53, 25006, 25P03, 25P04, a lock not given within the database's own time-out (55P03), and the
// socket's codes.
const AWAY = /^(08...|57P..|53...|25006|25P0[34]|55P03|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)$/;

/** Whether the database could not be reached just now: worth trying again soon, with nothing half done that was not rolled back. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return (
    AWAY.test(code) || /Connection terminated|timeout (exceeded when trying to connect|expired)/.test(error.message)
  );
}

/** Whether a lock was not given within the transaction's `lock_timeout`. */
export const isHeldUp = (error: unknown): boolean => sqlState(error) === "55P03";

/** Whether a statement was given up because it took longer than its transaction allows. */
export const isTooSlow = (error: unknown): boolean => sqlState(error) === "57014";

/**
 * Tries until the database is not away: for what a role needs to start, since its end and new start would take longer. After `tries` of them
 * it throws the last one's error.
 */
export async function onceBack<T>(work: () => Promise<T>, tries = Number.POSITIVE_INFINITY): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || tried >= tries) throw error;
      await new Promise((done) => setTimeout(done, 250));
    }
  }
}

/** Whether Postgres found the data at fault: SQLSTATE 22 (data), 23 (constraint), 54 (limits). Trying the same again cannot help. */
export const isBadData = (error: unknown): boolean => /^(22|23|54)/.test(sqlState(error) ?? "");

/**
 * Whether one row may be at fault, not the server: bad data, or values that the code itself could not take. Trying the same again cannot help;
 * finding the row that breaks it does.
 */
export const isPoison = (error: unknown): boolean =>
  isBadData(error) || error instanceof TypeError || error instanceof RangeError;
