import type { NativeConnection } from "@temporalio/worker";
import { expect, it } from "vitest";
import { journeyConductor } from "@/core/ids";
import { database } from "@/tests/harness/database";
import { accept, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import { temporal } from "@/tests/harness/temporal";
import { until } from "@/tests/harness/until";
import { startWorker } from "./start-worker";

await database({ max: 20 });
const server = await temporal();

it("moves who comes alone before Temporal is there, and by the clock once it is", { timeout: 90_000 }, async () => {
  const own = await shop();
  const { id } = await liveJourney(
    own,
    line([
      tagged("greet", "greeted"),
      [{ id: "wait", kind: "delay", config: { for: "PT1S" } }, "next"],
      tagged("after", "waited"),
    ]),
  );
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  let arrive = (_: NativeConnection): void => {};
  const connection = new Promise<NativeConnection>((done) => {
    arrive = done;
  });
  const queues = { conduct: `conduct-${server.suffix}`, send: `send-${server.suffix}` };
  const starting = startWorker(connection, { codePath: server.bundle }, queues);
  await accept(own, [{ member, event: event("order_paid") }]);
  await until(async () => (await runsOf(id))[0]?.step === "wait.start", { what: "the move to the wait" });
  expect((await runsOf(id))[0]?.state).toBe("parked");
  arrive(server.native);
  const worker = await starting;
  await until(async () => (await runsOf(id))[0]?.state === "done", { deadline: 20_000, what: "the run's end" });
  await worker.stop();
});

it("shows journeys in a Temporal that lost its data, though nobody in them moves", { timeout: 60_000 }, async () => {
  const own = await shop();
  const { id } = await liveJourney(own, line([tagged("greet", "greeted")]));
  await server.client.schedule
    .getHandle("upkeep")
    .delete()
    .catch(() => {});
  const queues = { conduct: `conduct-${server.suffix}-2`, send: `send-${server.suffix}-2` };
  const worker = await startWorker(server.native, { codePath: server.bundle }, queues);
  const handle = server.client.workflow.getHandle(journeyConductor(id, 0));
  await until(async () => (await handle.describe().catch(() => undefined))?.status.name === "RUNNING", {
    deadline: 30_000,
    every: 200,
    what: "the journey's workflow",
  });
  await worker.stop();
});
