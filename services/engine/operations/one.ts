import { z } from "zod";
import type { JourneyId, RunId } from "@/core/ids";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { signature } from "../../access/actor";
import { type Call, useCase } from "../../access/use-case";
import { announce } from "../../rings/announce";
import { RunLine, readRunLines } from "../../runs/run-line";
import { lockRuns, shareJourney } from "../lifecycle/lock";
import { operate } from "./operate";
import type { Operation } from "./operation";
import { rootOfNode } from "./root-of-node";

const One = z.strictObject({ run: z.uuid().transform((id) => id as RunId) });

export const wakeRun = useCase({
  may: "run.write",
  input: One,
  output: RunLine,
  audit: "run.woken",
  says: "Let the wait that a run stands at be due now",
  run: (call, { run }) => one(call, run, { is: "wake" }),
});

export const retryRun = useCase({
  may: "run.write",
  input: One,
  output: RunLine,
  audit: "run.retried",
  says: "Let a failed run act its step again; what it was given before it does not get twice",
  run: (call, { run }) => one(call, run, { is: "retry" }),
});

export const exitRun = useCase({
  may: "run.write",
  input: One,
  output: RunLine,
  audit: "run.exited",
  says: "Take a member out of a journey",
  run: (call, { run }) => one(call, run, { is: "exit" }),
});

export const moveRun = useCase({
  may: "run.write",
  input: One.extend({ to: z.string().min(1).max(64).describe("a node of the published version") }),
  output: RunLine,
  audit: "run.moved",
  says: "Move a run to another step of the published version",
  run: (call, { run, to }) => one(call, run, { is: "move", to }),
});

async function one(
  { tx, actor, now }: Call,
  id: RunId,
  operation: Operation,
): Promise<Outcome<z.infer<typeof RunLine>>> {
  const { workspace } = actor;
  const found = await tx.one<{ journey: JourneyId }>(
    sql`SELECT journey_id AS journey FROM run WHERE workspace_id = ${workspace} AND id = ${id}`,
  );
  const journey = found && (await shareJourney(tx, workspace, found.journey));
  if (!journey) return refuse("not_found", "no such run");
  const meant =
    operation.is === "move"
      ? { ...operation, to: await rootOfNode(tx, workspace, journey.id, operation.to) }
      : operation;
  const runs = await lockRuns(tx, workspace, [id]);
  const [skipped] = await operate(tx, workspace, journey, runs, meant, { by: signature(actor), job: null }, now);
  if (skipped) return refuse("conflict", skipped.why);
  await announce(tx, workspace, `journey:${journey.id}`);
  const [line] = await readRunLines(tx, actor, sql`r.id = ${id}`, sql`r.id`, 1);
  return line ? ok(line) : refuse("not_found", "no such run");
}
