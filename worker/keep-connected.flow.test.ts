import { Worker } from "@temporalio/worker";
import { afterAll, expect, inject, it } from "vitest";
import { CONDUCT_QUEUE, type Conducted, type JourneyArguments } from "@/core/plan/conductor";
import { freePort } from "@/scripts/process/ports";
import { Link } from "@/tests/faults/link";
import { temporal } from "@/tests/harness/temporal";
import { until } from "@/tests/harness/until";
import { connected } from "./connection";
import { keepConnected } from "./keep-connected";
import type { Running } from "./temporal-worker";

const { client, bundle, suffix } = await temporal();
const link = await Link.open(await freePort(), Number(inject("temporal").address.split(":")[1]));
afterAll(() => link.close());
// Before anything reads the settings.
process.env.TEMPORAL_ADDRESS = `127.0.0.1:${link.port}`;

const taskQueue = `${CONDUCT_QUEUE}-${suffix}`;
const args: [JourneyArguments] = [{ workspace: "w", journey: suffix, shard: 0 }];
const conduct = async (): Promise<Conducted> => ({ is: "over", label: null });
const conducted = async (workflowId: string): Promise<number> => {
  const began = Date.now();
  await (await client.workflow.start("journey", { workflowId, taskQueue, args })).result();
  return Date.now() - began;
};

it("goes on over a new connection when the network forgot the old one without a word, and stops over that one", {
  timeout: 90_000,
}, async () => {
  const first = await connected(5000);
  let starts = 0;
  const kept = await keepConnected(first, async (connection): Promise<Running> => {
    starts++;
    const worker = await Worker.create({
      connection,
      taskQueue,
      workflowBundle: { codePath: bundle },
      activities: { conduct },
      shutdownForceTime: "8 seconds",
    });
    const stopped = worker.run();
    return {
      stopped,
      polls: () => worker.getState() === "RUNNING",
      async stop() {
        if (worker.getState() === "RUNNING") worker.shutdown();
        await stopped.catch(() => {});
      },
    };
  });
  const before = kept.client;
  await conducted(`journey/${suffix}/before`);
  expect(link.forget()).toBeGreaterThan(0);
  // The SDK alone would notice after 30 to 45 s.
  expect(await conducted(`journey/${suffix}/after`)).toBeLessThan(25_000);
  expect(starts).toBe(2);
  expect(kept.client).not.toBe(before);
  expect(await kept.client.workflow.getHandle(`journey/${suffix}/after`).result()).toBeUndefined();
  await kept.stop();
  await kept.stopped;
  await first.close().catch(() => {});
});

it("leaves a connection alone while the server is silent on every one", { timeout: 60_000 }, async () => {
  const first = await connected(5000);
  let starts = 0;
  const kept = await keepConnected(first, async (): Promise<Running> => {
    starts++;
    let end = (): void => {};
    const stopped = new Promise<void>((done) => {
      end = done;
    });
    return { stopped, polls: () => true, stop: async () => end() };
  });
  const ways = link.ports().length;
  link.silence();
  await until(() => link.ports().length > ways, { deadline: 20_000, what: "another way being tried" });
  link.mend();
  await until(() => kept.client.workflowService.getSystemInfo({}), { deadline: 20_000, what: "the first way" });
  expect(starts).toBe(1);
  await kept.stop();
  await first.close();
});
