import { expect, it } from "vitest";
import {
  broadcastConductor,
  callerConductor,
  type JobId,
  jobConductor,
  journeyConductor,
  segmentsConductor,
  senderConductor,
} from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { liveJourney } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { startJob } from "../jobs/start";
import { conductorTitle } from "./conductor-title";

await database();

const document = {
  name: "欢迎 · Welcome",
  entry: "came",
  nodes: [
    { id: "came", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "end", kind: "exit", config: {} },
  ],
  edges: [{ from: "came", port: "next", to: "end" }],
};

it("calls each conductor by what it conducts, as that is called now", async () => {
  const own = await shop();
  const journey = await liveJourney(own, document);
  const [publish, zones] = [newId<JobId>(), newId<JobId>()];
  const broadcast = newId<string>();
  await engine(async (tx) => {
    await tx.run(sql`UPDATE workspace SET name = '青禾 Greenleaf' WHERE id = ${own.workspace}`);
    for (const job of [
      { id: publish, kind: "publish", journey: journey.id, spec: {}, total: 0 },
      { id: zones, kind: "zones", journey: null, spec: {}, total: 0 },
    ] as const)
      await startJob(tx, own.workspace, job, "test", new Date());
    await tx.run(sql`
      INSERT INTO broadcast (workspace_id, id, journey_id, state, starts_at, audience, asked_by, created_at)
      VALUES (${own.workspace}, ${broadcast}, ${journey.id}, 'running', now(), '{}', 'test', now())`);
  });
  const titles = () =>
    Promise.all(
      [
        journeyConductor(journey.id, 1),
        broadcastConductor(broadcast),
        jobConductor(publish),
        jobConductor(zones),
        senderConductor(own.workspace, "sms"),
        segmentsConductor(own.workspace),
        callerConductor(own.workspace),
      ].map((id) => conductorTitle(own.workspace, id)),
    );
  expect(await titles()).toEqual([
    "journey: 欢迎 · Welcome",
    "broadcast: 欢迎 · Welcome",
    "job: publish · 欢迎 · Welcome",
    "job: zones",
    "sender: sms · 青禾 Greenleaf",
    "segments: 青禾 Greenleaf",
    "caller: 青禾 Greenleaf",
  ]);
  await engine((tx) =>
    tx.run(sql`UPDATE journey SET name = 'Farewell' WHERE workspace_id = ${own.workspace} AND id = ${journey.id}`),
  );
  expect((await titles())[0]).toBe("journey: Farewell");
});

it("says only the kind of what is gone", async () => {
  const own = await shop();
  expect(await conductorTitle(own.workspace, jobConductor(newId<JobId>()))).toBe("job");
});
