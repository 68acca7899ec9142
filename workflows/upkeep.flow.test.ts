import { Worker } from "@temporalio/worker";
import { expect, it } from "vitest";
import { CHORES, type Chore } from "@/core/plan/upkeep";
import { temporal } from "@/tests/harness/temporal";

const { client, native, bundle, suffix } = await temporal();

it("goes on with every chore when one fails, and says which failed", { timeout: 60_000 }, async () => {
  const taskQueue = `upkeep-${suffix}`;
  const shares = new Map<Chore, number>();
  const upkeepShare = async (chore: Chore): Promise<number> => {
    const done = (shares.get(chore) ?? 0) + 1;
    shares.set(chore, done);
    if (chore === "tellExpiries") throw new Error("out of order");
    return done < 3 ? 1 : 0;
  };
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: { codePath: bundle },
    activities: { upkeepShare },
  });
  await worker.runUntil(async () => {
    const started = await client.workflow.start("upkeep", { workflowId: taskQueue, taskQueue, args: [CHORES] });
    await expect(started.result()).rejects.toMatchObject({ cause: { message: "these chores failed: tellExpiries" } });
  });
  expect(Object.fromEntries(shares)).toEqual(Object.fromEntries(CHORES.map((chore) => [chore, 3])));
});
