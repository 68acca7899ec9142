import { z } from "zod";
import { ok } from "@/core/refusals";
import { join, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { messageFilter, messagesWhere } from "./message-filter";
import { runFilter, runsWhere } from "./run-filter";

/** Reasons are told by what the newest say: a list of ten millions is not read through for a choice of filters. */
const NEWEST = 50_000;
const MOST = 20;

const Reasons = z.object({ items: z.array(z.object({ reason: z.string(), count: z.int() })) });
type Reason = z.infer<typeof Reasons>["items"][number];

/** Why the newest runs that a filter finds failed or left, the most frequent first. */
export const runReasons = useCase({
  may: "run.read",
  input: z.object(runFilter),
  output: Reasons,
  says: "Why runs failed or left, with how many of the newest",
  async run({ tx, actor: { workspace }, now }, filter) {
    const { where, passed } = await runsWhere(tx, workspace, filter, now);
    return ok({
      items: await tx.rows<Reason>(
        counted(sql`
      SELECT r.reason FROM (
        SELECT * FROM run r WHERE r.workspace_id = ${workspace} AND ${join(where, " AND ")} ORDER BY r.id DESC LIMIT ${NEWEST}) AS r
      WHERE ${join([sql`true`, ...passed], " AND ")}`),
      ),
    });
  },
});

/** Why the newest messages that a filter finds failed or were not sent, the most frequent first. */
export const messageReasons = useCase({
  may: "message.read",
  input: z.object(messageFilter),
  output: Reasons,
  says: "Why messages failed or were not sent, with how many of the newest",
  async run({ tx, actor: { workspace }, now }, filter) {
    const where = await messagesWhere(tx, workspace, filter, now);
    return ok({
      items: await tx.rows<Reason>(
        counted(sql`
      SELECT g.reason FROM message g WHERE g.workspace_id = ${workspace} AND ${join(where, " AND ")} ORDER BY g.id DESC LIMIT ${NEWEST}`),
      ),
    });
  },
});

const counted = (newest: Sql): Sql => sql`
  SELECT left(reason, 200) AS reason, count(*)::int AS count FROM (${newest}) AS newest
  WHERE reason IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST}`;
