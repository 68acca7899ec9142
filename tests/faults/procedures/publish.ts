import { setTimeout as pause } from "node:timers/promises";
import { peek, sql } from "@/platform/db";
import { liveJourney } from "../../harness/journey";
import { shop } from "../../harness/shop";
import { until } from "../../harness/until";
import { ask, customers, track } from "../customers";
import { count, is } from "../findings";
import { atTheirEnd } from "../orders";
import type { Procedure } from "../procedure";
import { Recovery } from "../recovery";

const MEMBERS = 1000;
const BATCH = 100;

const came = { id: "came", kind: "on-event", config: { event: "came", when: { all: [] } } };
const gold = { id: "gold", kind: "if", config: { when: { field: "member.tier", is: "eq", value: "gold" } } };
const points = { id: "points", kind: "reward", config: { grants: [{ is: "points", points: 10 }] } };
const later = { id: "later", kind: "tag", config: { action: "add", tag: "later" } };
const never = { id: "never", kind: "tag", config: { action: "add", tag: "never" } };
const settings = {};

/** Points, then gold members wait at one place and the others at another, for a year. */
const before = {
  name: "Before the edit",
  entry: "came",
  nodes: [
    came,
    points,
    gold,
    { id: "long", kind: "delay", config: { for: "P365D" } },
    { id: "gone", kind: "delay", config: { for: "P365D" } },
    later,
    never,
  ],
  edges: [
    { from: "came", port: "next", to: "points" },
    { from: "points", port: "granted", to: "gold" },
    { from: "gold", port: "yes", to: "long" },
    { from: "gold", port: "no", to: "gone" },
    { from: "long", port: "next", to: "later" },
    { from: "gone", port: "next", to: "never" },
  ],
  settings,
};
/** One of the waits is deleted with all behind it, the other lasts a second; what was given stands before both. */
const after = {
  name: "After the edit",
  entry: "came",
  nodes: [came, points, { id: "long", kind: "delay", config: { for: "PT1S" } }, later],
  edges: [
    { from: "came", port: "next", to: "points" },
    { from: "points", port: "granted", to: "long" },
    { from: "long", port: "next", to: "later" },
  ],
  settings,
};

/** An edit while members wait: each goes where it was shown to go, and gets nothing twice. */
export const publish: Procedure[] = [
  {
    name: "published with 1,000 waiting members, a node deleted, workers killed",
    world: { workers: 2 },
    async run(world) {
      const own = await shop();
      const journey = await liveJourney(own, before);
      const known = await customers(own, MEMBERS);
      const began = Date.now();
      for (let i = 0; i < known.length; i += BATCH)
        await track(
          world.apiUrl,
          own.writeKey,
          known
            .slice(i, i + BATCH)
            .map(({ userId }) => ({ userId, messageId: `came-${userId}`, event: "came", properties: {} })),
        );
      await until(async () => (await count(sql`SELECT count(*) AS n FROM run WHERE state = 'parked'`)) === MEMBERS, {
        deadline: 60_000,
        every: 200,
        what: "all members waiting",
      });
      const at = `${world.apiUrl}/api/v1/journeys/${journey.id}`;
      await ask(own.apiKey, "PUT", at, { document: after, revision: 1 });
      const recovery = new Recovery();
      const killing = (async () => {
        for (let i = 0; i < 4; i++) {
          const worker = world.workers[i % 2] ?? "worker";
          await world.killRole(worker);
          world.startRole(worker);
          if (i === 0) await recovery.next();
          await pause(300);
        }
      })();
      await ask(own.apiKey, "POST", `${at}/publish`, { moves: { gone: { is: "move", to: "long" } } });
      await killing;
      await atTheirEnd(MEMBERS, 90_000);
      const [job] = await peek<{ state: string; done: number; skipped: number }>(
        sql`SELECT state, done, skipped FROM job WHERE workspace_id = ${own.workspace} AND kind = 'publish'`,
      );
      return {
        faults: 4,
        over: `${MEMBERS} waiting members in ${Math.round((Date.now() - began) / 1000)} s`,
        findings: [
          is("all came to the new end", await count(sql`SELECT count(*) AS n FROM run WHERE state = 'done'`), MEMBERS),
          is("one run each", await count(sql`SELECT count(*) AS n FROM run`), MEMBERS),
          is("points once each", await count(sql`SELECT count(*) AS n FROM points_entry`), MEMBERS),
          is(
            "tagged behind the wait",
            await count(sql`SELECT count(*) AS n FROM member_tag WHERE tag = 'later'`),
            MEMBERS,
          ),
          is(
            "nobody behind the deleted node",
            await count(sql`SELECT count(*) AS n FROM member_tag WHERE tag = 'never'`),
            0,
          ),
          is(
            "each step of a run once",
            await count(
              sql`SELECT count(*) AS n FROM (SELECT FROM journal GROUP BY run_id, step, lap HAVING count(*) > 1) AS d`,
            ),
            0,
          ),
          is("the job is done", job?.state, "done"),
          ...(await recovery.findings("a worker's kill", 5000)),
        ],
        says: `the job moved ${job?.done}, ${job?.skipped} had gone on before`,
      };
    },
  },
];
