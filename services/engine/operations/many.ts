import { z } from "zod";
import type { JobId, WorkspaceId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { signature } from "../../access/actor";
import { useCase } from "../../access/use-case";
import { startJob } from "../../jobs/start";
import { RunLine, readRunLines } from "../../runs/run-line";
import { spanOf } from "../../workspaces/period";
import { fits, Operation, RunFilter } from "./operation";
import { rootOfNode } from "./root-of-node";
import { seen, whatWasSeen } from "./seen";

const SAMPLE = 10;
/** Runs come and go: so many more than were seen are still what was meant. */
const most = (count: number): number => Math.ceil(count * 1.1) + 10;

/** What an operation on many runs would reach, and the token that says one has seen it. Runs come and go, so the count is of now. */
export const previewRuns = useCase({
  may: "run.write",
  input: z.strictObject({ filter: RunFilter, operation: Operation }),
  output: z.object({ count: z.int(), sample: z.array(RunLine), token: z.string() }),
  says: "Count and sample the runs that an operation would reach",
  async run({ tx, actor, now }, asked) {
    const { workspace } = actor;
    const { filter, operation } = await meant(tx, workspace, asked, now);
    if (!(await exists(tx, workspace, filter))) return refuse("not_found", "no such journey");
    const where = sql`r.journey_id = ${filter.journey} AND ${fits(filter, operation)}`;
    const count = await countRuns(tx, workspace, filter, operation);
    return ok({
      count,
      sample: await readRunLines(tx, actor, where, sql`r.entered_at DESC, r.id DESC`, SAMPLE),
      token: seen(workspace, asked, count, now),
    });
  },
});

/** Starts it. The token must be of the same filter and operation, of lately, and of about as many runs: nobody does to many what they did not see first. */
export const operateRuns = useCase({
  may: "run.write",
  input: z.strictObject({ filter: RunFilter, operation: Operation, token: z.string().max(100) }),
  output: z.object({ job: z.string(), total: z.int() }),
  audit: "runs.operated",
  // What was asked; the token only proves that it was looked at before.
  records: ({ filter, operation }) => ({ filter, operation }),
  says: "Wake, move, retry or let go many runs, in the background; preview it first for the token",
  async run({ tx, actor, now, newId }, { token, ...asked }) {
    const { workspace } = actor;
    const known = whatWasSeen(workspace, asked, token, now);
    if (known === undefined)
      return refuse("conflict", "the token is of another filter or operation: preview this one and confirm it", [
        "token",
      ]);
    if (known === "expired")
      return refuse("conflict", "the preview is older than 15 minutes: look again and confirm it", ["token"]);
    const { filter, operation } = await meant(tx, workspace, asked, now);
    if (!(await exists(tx, workspace, filter))) return refuse("not_found", "no such journey");
    const job = newId<JobId>();
    const total = await countRuns(tx, workspace, filter, operation);
    if (total > most(known))
      return refuse("conflict", `it would reach ${total} runs by now, not ${known}: look again and confirm it`, [
        "token",
      ]);
    const spec = { filter, operation, before: now.toISOString() };
    await startJob(
      tx,
      workspace,
      { id: job, kind: "runs", journey: filter.journey, spec, total },
      signature(actor),
      now,
    );
    return ok({ job, total });
  },
});

type Asked = { filter: RunFilter; operation: Operation };

/** The nodes it names by the ids their steps go under, and its period by instants. */
async function meant(tx: Tx, workspace: WorkspaceId, asked: Asked, now: Date): Promise<Asked> {
  const { within, from, to, ...filter } = asked.filter;
  const { operation } = asked;
  const root = (node: string) => rootOfNode(tx, workspace, filter.journey, node);
  const { since, until } = await spanOf(tx, workspace, { within, from, to }, now);
  const [begin, end] =
    filter.state === "failed" ? (["failedFrom", "failedTo"] as const) : (["enteredFrom", "enteredTo"] as const);
  return {
    filter: {
      ...filter,
      ...(since && { [begin]: since.toISOString() }),
      ...(until && { [end]: new Date(until.getTime() - 1).toISOString() }),
      ...(filter.node !== undefined && { node: await root(filter.node) }),
    },
    operation: operation.is === "move" ? { ...operation, to: await root(operation.to) } : operation,
  };
}

const exists = async (tx: Tx, workspace: WorkspaceId, { journey }: RunFilter): Promise<boolean> =>
  undefined !== (await tx.one(sql`SELECT 1 FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`));

async function countRuns(tx: Tx, workspace: WorkspaceId, filter: RunFilter, operation: Operation): Promise<number> {
  const row = await tx.one<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM run r
    WHERE r.workspace_id = ${workspace} AND r.journey_id = ${filter.journey} AND ${fits(filter, operation)}`);
  return row?.n ?? 0;
}
