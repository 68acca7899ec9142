import { Worker } from "@temporalio/worker";
import { expect, it } from "vitest";
import { CONDUCT_QUEUE, type Conducted, type JourneyArguments } from "@/core/plan/conductor";
import { temporal } from "@/tests/harness/temporal";

const { client, native, bundle, suffix } = await temporal();

it("keeps a busy conductor's history short, so that its replay fits into one workflow task", {
  timeout: 120_000,
}, async () => {
  const taskQueue = `${CONDUCT_QUEUE}-${suffix}`;
  const laps = 250;
  let lap = 0;
  const conduct = async (): Promise<Conducted> => ({ is: ++lap < laps ? "again" : "over", label: null });
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: { codePath: bundle },
    activities: { conduct },
  });
  const workflowId = `journey/${suffix}/0`;
  const args: [JourneyArguments] = [{ workspace: "w", journey: suffix, shard: 0 }];
  const lengths = await worker.runUntil(async () => {
    const started = await client.workflow.start("journey", { workflowId, taskQueue, args });
    await started.result();
    const runs: number[] = [];
    for await (const { historyLength } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` }))
      runs.push(historyLength ?? 0);
    return runs;
  });
  expect(lap).toBe(laps);
  expect(lengths.length).toBeGreaterThan(1);
  expect(Math.max(...lengths)).toBeLessThan(600);
});
