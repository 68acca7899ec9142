import { type Sql, sql } from "@/platform/db";
import { firstIdOf } from "./first-id";
import type { Span } from "./period";

/** By how much an id's instant may be ahead of its row's, or behind: ids never go back in time, clocks do. */
const SLACK_MS = 3 * 3_600_000;

/** Conditions for rows whose instant lies in a span. Ids grow with time: they bound what is read off the key, the instant decides. */
export function inSpan({ since, until }: Span, of: { at: Sql; id: Sql }): Sql[] {
  return [
    ...(since
      ? [sql`${of.at} >= ${since}`, sql`${of.id} >= ${firstIdOf(new Date(since.getTime() - SLACK_MS))}::uuid`]
      : []),
    ...(until
      ? [sql`${of.at} < ${until}`, sql`${of.id} < ${firstIdOf(new Date(until.getTime() + SLACK_MS))}::uuid`]
      : []),
  ];
}
