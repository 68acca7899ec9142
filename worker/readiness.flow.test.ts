import type { NativeConnection } from "@temporalio/worker";
import { afterAll, expect, inject, it } from "vitest";
import { engine, sql } from "@/platform/db";
import { freePort } from "@/scripts/process/ports";
import { Link } from "@/tests/faults/link";
import { database } from "@/tests/harness/database";
import { temporal } from "@/tests/harness/temporal";
import { until } from "@/tests/harness/until";
import { connected } from "./connection";
import { unready } from "./readiness";
import { serveHealth } from "./serve-health";
import { type RunningWorker, startWorker } from "./start-worker";

await database({ max: 20 });
const { bundle, suffix } = await temporal();
const link = await Link.open(await freePort(), Number(inject("temporal").address.split(":")[1]));
// Before anything reads the settings.
process.env.TEMPORAL_ADDRESS = `127.0.0.1:${link.port}`;

let worker: RunningWorker | undefined;
const port = await freePort();
const close = serveHealth(port, () => unready(worker?.carried));
afterAll(() => {
  close();
  link.close();
});

async function probe(path: string): Promise<[number, string | undefined]> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  const { reason }: { reason?: string } = JSON.parse(await response.text());
  return [response.status, reason];
}
const ready = () => probe("/readyz");

it("is ready only while its database and Temporal answer and it polls, and lives all the while", {
  timeout: 90_000,
}, async () => {
  expect(await ready()).toEqual([503, "Temporal does not answer yet"]);
  expect(await probe("/healthz")).toEqual([200, undefined]);

  const first: NativeConnection = await connected(5000);
  worker = await startWorker(first, { codePath: bundle }, { conduct: `conduct-${suffix}`, send: `send-${suffix}` });
  expect(await ready()).toEqual([200, undefined]);

  link.silence();
  expect(await ready()).toEqual([503, "Temporal does not answer within 2 s"]);
  expect(await probe("/healthz")).toEqual([200, undefined]);
  link.mend();
  await until(async () => (await ready())[0] === 200, { deadline: 30_000, what: "readiness after Temporal came back" });

  const spine = sql`migration_name LIKE '%_spine'`;
  await engine((tx) => tx.run(sql`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE ${spine}`));
  expect((await ready())[1]).toMatch(/the database lacks \d+_spine/);
  await engine((tx) => tx.run(sql`UPDATE _prisma_migrations SET rolled_back_at = NULL WHERE ${spine}`));

  await worker.stop();
  expect(await ready()).toEqual([503, "the workers do not poll Temporal"]);
  expect(await probe("/elsewhere")).toEqual([404, "one of /healthz, /readyz, /metrics"]);
  await first.close().catch(() => {});
});
