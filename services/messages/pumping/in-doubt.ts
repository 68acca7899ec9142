import { type Sql, sql } from "@/platform/db";
import type { Account } from "./account";

/** A call begins within two seconds of its claim or not at all; this long after, whatever had not begun never will. */
const NEVER_BEGINS_MS = 10_000;
/** Past the provider's time-out by this much, a claim without an outcome is in doubt, and the provider's records are complete. */
const SETTLED_MS = 60_000;

const interval = (ms: number): Sql => sql`${`${ms} milliseconds`}::interval`;

/** How old a claim is when its call, if it has none yet, will never begin. */
export const NEVER_BEGINS = interval(NEVER_BEGINS_MS);

/** How old a claim is when its call is surely over and the provider's records are complete. */
export const settledAfter = (accounts: readonly Pick<Account, "timeoutMs">[]): Sql =>
  interval(Math.max(...accounts.map(({ timeoutMs }) => timeoutMs)) + SETTLED_MS);
