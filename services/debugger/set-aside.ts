import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { signature } from "../access/actor";
import { useCase } from "../access/use-case";
import { announce } from "../rings/announce";
import { OPEN } from "./letters";
import { lettersDone, MOST_AT_ONCE, manyLetters, manyWhere, recordedOf } from "./many-letters";

/** Letters that nobody means to act on, oldest first: they leave the open ones, with who said so and why. `letters` is what taking them back takes. */
export const setLettersAside = useCase({
  may: "event.write",
  input: z.strictObject({
    ...manyLetters,
    why: z.string().trim().min(1, "should say why").max(300).describe("for those who ask later"),
  }),
  output: z.object({ letters: z.array(z.string()), left: z.int() }),
  audit: "dead_letters.set_aside",
  records: ({ why, ...many }, { letters }) => ({ ...recordedOf(many), ...lettersDone(letters), note: why }),
  says: "Set rejected events aside that nobody will act on, up to 1,000 at once",
  async run({ tx, actor, now }, { why, ...many }) {
    const { workspace } = actor;
    const which = await manyWhere(tx, workspace, many, now);
    // Locked first: who corrects or judges one of them at this instant has done so before, or finds it set aside.
    const set = await tx.rows<{ id: string }>(sql`
      WITH chosen AS (
        SELECT d.id FROM dead_letter d WHERE ${which} AND ${OPEN} ORDER BY d.at, d.id LIMIT ${MOST_AT_ONCE} FOR UPDATE)
      UPDATE dead_letter d SET set_aside_at = ${now}, set_aside_by = ${signature(actor)}, set_aside_why = ${why}
      FROM chosen WHERE d.workspace_id = ${workspace} AND d.id = chosen.id
      RETURNING d.id`);
    const left = await tx.one<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM dead_letter d WHERE ${which} AND ${OPEN}`,
    );
    await announce(tx, workspace, "events");
    return ok({ letters: set.map(({ id }) => id), left: left?.n ?? 0 });
  },
});

/** The way back: they are open again, as if nothing had been done. */
export const takeLettersBack = useCase({
  may: "event.write",
  input: z.strictObject({ letters: z.array(z.uuid()).min(1).max(MOST_AT_ONCE) }),
  output: z.object({ count: z.int() }),
  audit: "dead_letters.taken_back",
  records: ({ letters }, { count }) => ({ ...lettersDone(letters), count }),
  says: "Take rejected events back that were set aside",
  async run({ tx, actor: { workspace } }, { letters }) {
    const count = await tx.run(sql`
      UPDATE dead_letter SET set_aside_at = NULL, set_aside_by = NULL, set_aside_why = NULL
      WHERE workspace_id = ${workspace} AND id = ANY(${letters}::uuid[]) AND set_aside_at IS NOT NULL`);
    if (count === 0) return refuse("not_found", "none of these is set aside");
    await announce(tx, workspace, "events");
    return ok({ count });
  },
});
