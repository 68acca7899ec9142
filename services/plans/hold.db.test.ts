import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { database, meanwhile } from "@/tests/harness/database";
import { drawing, published, value } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { shareJourney } from "../engine/lifecycle/lock";
import { putJourney } from "../journeys/drafting/put";
import { getJourney } from "../journeys/get";
import { pauseJourney } from "../journeys/operating/pause";

await database({ max: 20 });

const BATCHES = 4;
const BATCH_MS = 40;

/** Batches that overlap, so that at every instant some of them hold the journey; returns what ends them. */
async function overlapping(own: Awaited<ReturnType<typeof shop>>, journey: Parameters<typeof shareJourney>[2]) {
  const states: string[] = [];
  let isOver = false;
  const worker = async (of: number) => {
    await pause((of * BATCH_MS) / BATCHES);
    while (!isOver)
      await engine(async (tx) => {
        const held = await shareJourney(tx, own.workspace, journey);
        states.push(held?.state ?? "none");
        await pause(BATCH_MS);
      });
  };
  const workers = Array.from({ length: BATCHES }, (_, of) => worker(of));
  await until(async () => states.length >= 2 * BATCHES, { deadline: 5000, every: 10, what: "batches under way" });
  return {
    states,
    end: async () => {
      isOver = true;
      await Promise.all(workers);
    },
  };
}

it("lets a pause come to its turn between batches that overlap for ever, and no batch after it sees the journey live", async () => {
  const own = await shop();
  const { id } = await published(own, drawing());
  const batches = await overlapping(own, id);

  value(await call(pauseJourney, own.actor("ops"), { journey: id }));
  const before = batches.states.length;
  await until(async () => batches.states.length > before + 2 * BATCHES, {
    deadline: 5000,
    every: 10,
    what: "batches after the pause",
  });
  await batches.end();

  expect(batches.states.slice(before).filter((state) => state === "live")).toEqual([]);
});

it("lets a draft be saved while a batch holds the journey", async () => {
  const own = await shop();
  const { id } = await published(own, drawing());
  const { revision, document } = value(await call(getJourney, own.actor("owner"), { journey: id }));

  const saved = await engine(async (tx) => {
    await shareJourney(tx, own.workspace, id);
    return meanwhile(() => call(putJourney, own.actor("owner"), { journey: id, revision, document }));
  });

  expect(saved.ok).toBe(true);
});

it("answers that it could not, and leaves everything as it was, when a batch never ends", async () => {
  const own = await shop();
  const { id } = await published(own, drawing());
  const tried = await engine(async (tx) => {
    await shareJourney(tx, own.workspace, id);
    const [answer] = await Promise.all([
      meanwhile(() => call(pauseJourney, own.actor("ops"), { journey: id })).catch((error: unknown) => error),
      // A session that stands still would be ended.
      tx.run(sql`SELECT pg_sleep(11)`),
    ]);
    return answer;
  });

  expect(tried).toMatchObject({ code: "55P03" });
  expect(await peek(sql`SELECT state FROM journey WHERE id = ${id}`)).toEqual([{ state: "live" }]);
}, 20_000);
