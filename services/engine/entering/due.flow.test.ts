import { afterAll, expect, it } from "vitest";
import type { JourneyId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { createJourney } from "@/services/journeys/drafting/create";
import { publishJourney } from "@/services/journeys/publishing/publish";
import { database } from "@/tests/harness/database";
import { members, runsOf } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { temporal } from "@/tests/harness/temporal";
import { until } from "@/tests/harness/until";
import { startWorker } from "@/worker/start-worker";

await database({ max: 20 });
const server = await temporal();
const worker = await startWorker(
  server.native,
  { codePath: server.bundle },
  { conduct: `conduct-${server.suffix}`, send: `send-${server.suffix}` },
);
afterAll(() => worker.stop());

it("lets a member in at the instant their silence is long enough, by the journey's durable timer", async () => {
  const own = await shop();
  const [soon, later, before] = await members(own, 3);
  if (!soon || !later || !before) throw new Error("no members");
  const since = (member: string, ago: string) =>
    peek(sql`UPDATE member SET last_visit_at = now() - ${ago}::interval, last_seen_at = now() WHERE id = ${member}`);
  await since(later, "480 hours");
  await since(before, "2400 hours");
  const made = await call(createJourney, own.actor(), {
    document: {
      name: "Thirty days away",
      entry: "t",
      nodes: [
        { id: "t", kind: "on-inactivity", config: { of: "visit", days: 30, when: { all: [] } } },
        { id: "tag", kind: "tag", config: { tag: "missed", action: "add" } },
      ],
      edges: [{ from: "t", port: "next", to: "tag" }],
      settings: {},
    },
  });
  if (!made.ok) throw new Error(made.detail);
  const journey = made.value.id as JourneyId;
  // Time enough for a slow publish: it leaves alone who is silent long enough by then.
  await since(soon, "719:59:48");
  expect(await call(publishJourney, own.actor(), { journey })).toMatchObject({ ok: true });
  await until(async () => (await runsOf(journey)).some(({ state }) => state === "done"), {
    deadline: 30_000,
    what: "the member's run",
  });
  expect((await runsOf(journey)).map(({ member }) => member)).toEqual([soon]);
});
