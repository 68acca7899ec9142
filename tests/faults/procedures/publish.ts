import { setTimeout as pause } from "node:timers/promises";
import { engine, peek, sql } from "@/platform/db";
import { liveJourney } from "../../harness/journey";
import { shop } from "../../harness/shop";
import { until } from "../../harness/until";
import { ask, customers, track } from "../customers";
import { count, is } from "../findings";
import { atTheirEnd } from "../orders";
import type { Procedure } from "../procedure";
import { Recovery } from "../recovery";

/** As many at each of the four waits. */
const MEMBERS = 1000;
const QUARTER = MEMBERS / 4;
const BATCH = 100;
/** Long enough for an edit that takes its time, short enough to be waited for. */
const STAYS_S = 45;

const ANYONE = { all: [] };
const tag = (id: string) => ({ id, kind: "tag", config: { action: "add", tag: id } });
const wait = (id: string, time: string) => ({ id, kind: "delay", config: { for: time } });
const came = { id: "came", kind: "on-event", config: { event: "came", when: ANYONE } };
const points = { id: "points", kind: "reward", config: { grants: [{ is: "points", points: 10 }] } };
const settings = {};
const WAITS = ["long", "gone", "left", "old"] as const;

/** Points, then a quarter of the members waits at each of four places. */
const before = {
  name: "Before the edit",
  entry: "came",
  nodes: [
    came,
    points,
    {
      id: "quarter",
      kind: "switch",
      config: {
        cases: WAITS.map((id) => ({ id, name: id, when: { field: "member.attributes.quarter", is: "eq", value: id } })),
      },
    },
    wait("long", "P365D"),
    wait("gone", "P365D"),
    wait("left", "P365D"),
    wait("old", `PT${STAYS_S}S`),
    ...["later", "never", "old way"].map((name) => ({ ...tag(name), id: name.replace(" ", "_") })),
  ],
  edges: [
    { from: "came", port: "next", to: "points" },
    { from: "points", port: "granted", to: "quarter" },
    ...WAITS.map((id) => ({ from: "quarter", port: id, to: id })),
    { from: "long", port: "next", to: "later" },
    { from: "gone", port: "next", to: "never" },
    { from: "left", port: "next", to: "never" },
    { from: "old", port: "next", to: "old_way" },
  ],
  settings,
};
/** Three of the waits are deleted with all behind them, the fourth lasts a second; what was given stands before all. */
const after = {
  name: "After the edit",
  entry: "came",
  nodes: [came, points, wait("long", "PT1S"), tag("later")],
  edges: [
    { from: "came", port: "next", to: "points" },
    { from: "points", port: "granted", to: "long" },
    { from: "long", port: "next", to: "later" },
  ],
  settings,
};

/** An edit while members wait: each goes where it was shown to go, stays where it was to stay, and gets nothing twice. */
export const publish: Procedure[] = [
  {
    name: "published with 1,000 waiting members, nodes deleted, workers killed",
    world: { workers: 2 },
    async run(world) {
      const own = await shop();
      const journey = await liveJourney(own, before);
      const known = await customers(own, MEMBERS);
      await engine((tx) =>
        tx.run(sql`
        UPDATE member m SET attributes = jsonb_build_object('quarter', q.id)
        FROM (SELECT id AS member, (${WAITS as never}::text[])[1 + row_number() OVER (ORDER BY id) % 4] AS id FROM member) AS q WHERE m.id = q.member`),
      );
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
      await ask(own.apiKey, "POST", `${at}/publish`, {
        moves: { gone: { is: "move", to: "long" }, left: { is: "exit" }, old: { is: "stay" } },
      });
      await killing;
      await atTheirEnd(MEMBERS, 90_000);
      const [job] = await peek<{ state: string; done: number; skipped: number }>(
        sql`SELECT state, done, skipped FROM job WHERE workspace_id = ${own.workspace} AND kind = 'publish'`,
      );
      const tagged = (name: string): Promise<number> =>
        count(sql`SELECT count(*) AS n FROM member_tag WHERE tag = ${name}`);
      const ended = (state: string): Promise<number> =>
        count(sql`SELECT count(*) AS n FROM run WHERE state = ${state}`);
      return {
        faults: 4,
        over: `${MEMBERS} waiting members in ${Math.round((Date.now() - began) / 1000)} s`,
        findings: [
          is("one run each", await count(sql`SELECT count(*) AS n FROM run`), MEMBERS),
          is("those of the node to leave at left", await ended("exited"), QUARTER),
          is("the others came to an end", await ended("done"), MEMBERS - QUARTER),
          is("points once each", await count(sql`SELECT count(*) AS n FROM points_entry`), MEMBERS),
          is("tagged behind the wait that stayed and the one that moved", await tagged("later"), 2 * QUARTER),
          is("those who stayed finished what they began", await tagged("old way"), QUARTER),
          is("nobody went on behind a deleted node", await tagged("never"), 0),
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
