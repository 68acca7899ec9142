import { Worker } from "@temporalio/worker";
import { expect, it } from "vitest";
import { CONDUCT_QUEUE, type Conducted, type JourneyArguments } from "@/core/plan/conductor";
import { temporal } from "@/tests/harness/temporal";
import { until } from "@/tests/harness/until";

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

it.each([
  ["journey: Before", "one that was named"],
  ["journey", "one of a version without names"],
])("goes on under the new name when its journey is renamed: %s, %s", { timeout: 60_000 }, async (type) => {
  const taskQueue = `${CONDUCT_QUEUE}-${suffix}-named`;
  let laps = 0;
  // What another kind is called, and what every object has, are names like others.
  const names = ["sender", "constructor", "大额订单答谢 · 谢谢 🎁"];
  const conduct = async (): Promise<Conducted> => {
    const name = names[Math.min(laps++, names.length - 1)];
    return laps > names.length + 1
      ? { is: "over", label: null }
      : { is: "again", label: null, title: `journey: ${name}` };
  };
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: { codePath: bundle },
    activities: { conduct },
  });
  const workflowId = `journey/${suffix}-${type.length}/0`;
  const args: [JourneyArguments] = [{ workspace: "w", journey: suffix, shard: 0 }];
  await worker.runUntil(async () => {
    await (await client.workflow.start(type, { workflowId, taskQueue, args })).result();
    const types = await until(
      async () => {
        const seen: { type: string; startTime: Date }[] = [];
        for await (const run of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) seen.push(run);
        return seen.length > names.length && seen.sort((a, b) => +a.startTime - +b.startTime).map((one) => one.type);
      },
      { what: "all its runs in Temporal's list" },
    );
    expect(types).toEqual([type, ...names.map((name) => `journey: ${name}`)]);
  });
  expect(laps).toBe(names.length + 2);
});

it("says so, once, when a type is no kind of conductor", { timeout: 60_000 }, async () => {
  const taskQueue = `${CONDUCT_QUEUE}-${suffix}-unknown`;
  const worker = await Worker.create({ connection: native, taskQueue, workflowBundle: { codePath: bundle } });
  await worker.runUntil(async () => {
    const started = await client.workflow.start("toString: x", { workflowId: `x/${suffix}`, taskQueue });
    await expect(started.result()).rejects.toMatchObject({
      cause: { message: "no workflow is called toString: x" },
    });
  });
});
