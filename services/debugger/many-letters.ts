import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { InstantText } from "@/core/instant";
import { type Sql, sql, type Tx } from "@/platform/db";
import { letterFilter, lettersWhere } from "./letters";

export const MOST_AT_ONCE = 1000;

/** Which letters something is done to: those chosen, or all that a filter finds. */
export const manyLetters = {
  ...letterFilter,
  letters: z.array(z.uuid()).min(1).max(MOST_AT_ONCE).optional().describe("only these of them"),
  reason: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe("what was thrown, exactly as in facts.detail, or as an old letter has it"),
  before: InstantText.optional().describe("only what was buried before"),
};
type Many = z.output<z.ZodObject<typeof manyLetters>>;

/** So many letters the audit names one by one. */
const MOST_NAMED = 10;

/** Which letters something was done to, as the audit keeps it. */
export const lettersDone = (letters: readonly string[]): object => ({
  letters: letters.slice(0, MOST_NAMED),
  count: letters.length,
});

/** What the audit keeps of it: the filter, or which were chosen. */
export const recordedOf = ({ letters, ...filter }: Many): object => ({
  ...filter,
  ...(letters && lettersDone(letters)),
});

export async function manyWhere(tx: Tx, workspace: WorkspaceId, input: Many, now: Date): Promise<Sql> {
  const { letters, reason, before, ...filter } = input;
  return sql`${await lettersWhere(tx, workspace, filter, now)}
    ${letters ? sql`AND d.id = ANY(${letters}::uuid[])` : sql``}
    ${reason ? sql`AND ${reason} IN (d.reason, d.facts ->> 'detail')` : sql``}
    ${before ? sql`AND d.at < ${before}::timestamptz` : sql``}`;
}
