import { writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client, Connection } from "@temporalio/client";
import { ask, broadcast, customers, oneSend, track } from "../faults/customers";
import { World } from "../faults/world";
import { liveJourney } from "../harness/journey";
import { shop } from "../harness/shop";
import { until } from "../harness/until";
import { visit } from "../harness/visit";
import { toJson } from "./history";

type Kept = { type: string; runId: string; history: Parameters<typeof toJson>[0]; length: number };

const folder = fileURLToPath(new URL(".", import.meta.url));
/** Long enough to have slept, been rung, retried and renewed; short enough for the repository. */
const LONGEST = 400;

/**
 * `node --import tsx tests/replay/record.ts <label>`: runs the product for a while and keeps histories of each workflow type beside this file,
 * the longest as `<type>-<label>.json` (`named-<kind>-…` where the type is a name) and, where it is another, the longest that has ended as
 * `<type>-<label>-ended.json`. Old recordings stay what they were: they stand for what still runs somewhere. Format with biome, and commit the new files. See docs/engine.md.
 */
async function main(label: string): Promise<void> {
  const world = new World();
  await world.start();
  try {
    await live(world);
    const connection = await Connection.connect({ address: world.temporalAddress() });
    const client = new Client({ connection });
    const upkeep = client.schedule.getHandle("upkeep");
    await until(
      () =>
        upkeep.trigger().then(
          () => true,
          () => false,
        ),
      { deadline: 60_000, what: "the upkeep's schedule" },
    );
    await pause(5000);
    const kept = new Map<string, Kept>();
    for await (const { workflowId, runId, type: title, status } of client.workflow.list()) {
      const type = title.replace(/^(\w+):.*/s, "named-$1");
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      const length = history.events?.length ?? 0;
      if (length > LONGEST) continue;
      for (const name of status.name === "COMPLETED" ? [type, `${type}-ended`] : [type])
        if (length > (kept.get(name)?.length ?? 0)) kept.set(name, { type, runId, history, length });
    }
    for (const [name, { type, runId, history, length }] of kept) {
      const isEnded = name !== type;
      if (isEnded && kept.get(type)?.runId === runId) continue;
      writeFileSync(`${folder}${type}-${label}${isEnded ? "-ended" : ""}.json`, `${JSON.stringify(toJson(history))}\n`);
      console.log(`${name}: ${length} events`);
    }
    await connection.close();
  } finally {
    await world.stop();
  }
}

/** A call that reaches nobody: the caller works all the same. */
const calling = {
  name: "Tells another system",
  entry: "came",
  nodes: [
    { id: "came", kind: "on-event", config: { event: "came_0", when: { all: [] } } },
    {
      id: "hook",
      kind: "webhook",
      config: { url: "https://nowhere.invalid/hook", method: "POST", headers: [], body: "", within: "PT10S" },
    },
  ],
  edges: [{ from: "came", port: "next", to: "hook" }],
  settings: {},
};

/** Bursts with rests between, so that conductors sleep by timer and by bell; one worker dies, so that an activity is tried again. */
async function live(world: World): Promise<void> {
  const own = await shop();
  const journey = await liveJourney(own, visit(0));
  await liveJourney(own, oneSend("sms"));
  await liveJourney(own, calling);
  const known = await customers(own, 30);
  for (let burst = 0; burst < 3; burst++) {
    const buyers = known.slice(burst * 10, burst * 10 + 10);
    await track(
      world.apiUrl,
      own.writeKey,
      buyers.flatMap(({ userId }) => [
        { userId, messageId: `came-${userId}`, event: "came_0", properties: { n: 1 } },
        { userId, messageId: `order-${userId}`, event: "order_paid", properties: { amount: 12_000 } },
      ]),
    );
    await pause(500);
    if (burst === 1) {
      await world.killRole("worker");
      world.startRole("worker");
    }
    await pause(9000);
  }
  const at = `${world.apiUrl}/api/v1/journeys/${journey.id}`;
  const delayed = visit(0).nodes.map((node) => (node.kind === "delay" ? { ...node, config: { for: "PT2S" } } : node));
  await ask(own.apiKey, "PUT", at, { document: { ...visit(0), nodes: delayed }, revision: 1 });
  // Members who wait while it is published: a job takes them along.
  await track(
    world.apiUrl,
    own.writeKey,
    known.map(({ userId }) => ({ userId, messageId: `again-${userId}`, event: "came_0", properties: { n: 1 } })),
  );
  await pause(1500);
  await ask(own.apiKey, "POST", `${at}/publish`, {});
  const rule = { field: "member.tier", is: "eq", value: "gold" };
  await ask(own.apiKey, "POST", `${world.apiUrl}/api/v1/segments`, { name: "Gold", rule });
  const toAll = await ask(own.apiKey, "POST", `${world.apiUrl}/api/v1/journeys`, { document: broadcast() });
  await ask(own.apiKey, "POST", `${world.apiUrl}/api/v1/journeys/${toAll.id}/publish`, {});
  await pause(5000);
  // Everybody leaves, and its workflow ends.
  await ask(own.apiKey, "POST", `${at}/stop`, {});
  await pause(8000);
}

const [label] = process.argv.slice(2);
if (!label || !/^[a-z0-9-]+$/.test(label)) {
  console.error("a label is missing, in small letters: node --import tsx tests/replay/record.ts 2026-12");
  process.exit(1);
}
await main(label);
process.exit();
