import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { JourneyId } from "@/core/ids";
import { dayOf } from "@/core/time/day";
import { engine, peek, sql } from "@/platform/db";
import { type Shop, shop } from "../harness/shop";
import { until } from "../harness/until";
import { ask, customers, track } from "./customers";
import { count, type Finding, is } from "./findings";
import { called, heard, inSegment, LAPS, manyKinds, onBirthday, toAll } from "./many-kinds";
import type { Verdict } from "./procedure";
import { Recovery } from "./recovery";
import type { World } from "./world";

export type KindsScene = {
  world: World;
  recovery: Recovery;
  /** One more broadcast, one more segment, and one more journey for all who are in a segment: work for each of the conductors beside the journeys'. */
  round(): Promise<void>;
};
export type KindsOptions = {
  runs?: number;
  /** About how long the strikes take. */
  lastsMs: number;
  strike(scene: KindsScene): Promise<number>;
  also?(scene: KindsScene): Promise<Finding[]>;
};

const TICK_MS = 500;
/** The last of those who order come one by one until the last strike is over, so that it too meets somebody on their way where strikes take long. */
const LAST_SHARE = 0.25;
const LAST_TICK_MS = 1000;
/** Of these one after the other orders while it is waited for somebody to move: all others may have come to their end. */
const RESERVE = 60;
/** A claim of a webhook that lost its worker is called again after 40 s. */
const DEADLINE_MS = 150_000;

/** Orders that go through every kind of step beside the big order's, a birthday of all at one minute, segments, broadcasts; strikes meanwhile. */
export async function kindsUnder(world: World, { runs = 400, lastsMs, strike, also }: KindsOptions): Promise<Verdict> {
  const own = await shop();
  const receiver = await Receiver.open();
  try {
    const known = await customers(own, runs);
    await bornToday(own);
    const api = `${world.apiUrl}/api/v1`;
    const live = async (document: object): Promise<JourneyId> => {
      const { id } = await ask(own.apiKey, "POST", `${api}/journeys`, { document });
      await ask(own.apiKey, "POST", `${api}/journeys/${id}/publish`, {});
      return id as JourneyId;
    };
    const segment = async (name: string, rule: object): Promise<string> => {
      const { id } = await ask(own.apiKey, "POST", `${api}/segments`, { name, rule });
      return id as string;
    };
    const [buyers, everyone] = [
      await segment("Buyers", { field: "member.orders", is: "gte", value: 1 }),
      await segment("Everyone", { all: [] }),
    ];
    await built(2);
    const loop = await live(called);
    await live(heard);
    await live(inSegment(buyers, "bought"));
    await live(onBirthday(await nextMinute(own)));
    await live(manyKinds(`http://127.0.0.1:${receiver.port}/hook`, loop));
    const tell = (event: string, some: typeof known): Promise<void> =>
      track(
        world.apiUrl,
        own.writeKey,
        some.map(({ userId }) => ({
          userId,
          messageId: `${event}-${userId}`,
          event,
          properties: { amount: 12_000 },
        })),
      );
    const coming = known.slice(0, -RESERVE);
    const reserve = known.slice(-RESERVE);
    let rounds = 0;
    const recovery = new Recovery(async () => {
      const [one] = reserve.splice(0, 1);
      if (one) await tell("order_paid", [one]);
    });
    const scene: KindsScene = {
      world,
      recovery,
      async round() {
        const n = ++rounds;
        await live(inSegment(everyone, `existing ${n}`, { existing: true }));
        await live(toAll(`reached ${n}`));
        await segment(`Round ${n}`, { field: "member.points", is: "gte", value: n });
      },
    };
    const began = Date.now();
    let isStriking = true;
    const striking = strike(scene).finally(() => {
      isStriking = false;
    });
    // Its own failure is told where both are waited for.
    const struck = striking.catch(() => {});
    const ordering = (async () => {
      const share = Math.ceil((coming.length * TICK_MS) / lastsMs);
      const kept = Math.floor(coming.length * (1 - LAST_SHARE));
      const ordered: (typeof known)[] = [];
      for (let i = 0; i < coming.length; ) {
        const isLast = isStriking && i >= kept;
        const some = coming.slice(i, i + (isLast ? 1 : share));
        i += some.length;
        ordered.push(some);
        await tell("order_paid", some);
        if (isStriking) await pause(isLast ? LAST_TICK_MS : TICK_MS);
        // Half of them look again: for some before the clock ends their wait, for some after.
        const earlier = ordered.at(-5)?.slice(0, share >> 1) ?? [];
        if (earlier.length > 0) await tell("page_viewed", earlier);
      }
      await struck;
      if (reserve.length > 0) await tell("order_paid", reserve);
    })();
    const [faults] = await Promise.all([striking, ordering]);
    const sent = Date.now();
    await theirEnd(runs, rounds);
    return {
      faults,
      over: `${runs} members in ${Math.round((sent - began) / 1000)} s, ${await count(sql`SELECT count(*) AS n FROM run`)} runs of ${5 + 2 * rounds} journeys`,
      findings: [...(await ledger(own, runs, rounds, receiver)), ...((await also?.(scene)) ?? [])],
      says: `all at their end ${Math.round((Date.now() - sent) / 1000)} s after the last order; ${receiver.repeated} of ${receiver.calls.size} webhooks called again under their id`,
    };
  } finally {
    receiver.close();
  }
}

/** Every journey's runs: one a member, at their end, each step once a lap; and what each step did, once. */
async function ledger(own: Shop, members: number, rounds: number, receiver: Receiver): Promise<Finding[]> {
  const ws = own.workspace;
  const journeys = 5 + 2 * rounds;
  const tagged = (name: string): Promise<number> =>
    count(sql`SELECT count(*) AS n FROM member_tag WHERE workspace_id = ${ws} AND tag = ${name}`);
  const perRound: Finding[] = [];
  for (let n = 1; n <= rounds; n++) {
    perRound.push(is(`all were let in by round ${n}`, await tagged(`existing ${n}`), members));
    perRound.push(is(`all were reached by round ${n}`, await tagged(`reached ${n}`), members));
  }
  return [
    is(
      "one run a member and journey",
      await count(sql`SELECT count(DISTINCT (journey_id, member_id)) AS n FROM run`),
      members * journeys,
    ),
    is("and no second one", await count(sql`SELECT count(*) AS n FROM run`), members * journeys),
    is(
      "each came to its end",
      await count(sql`SELECT count(*) AS n FROM run WHERE state IN ('done', 'goal')`),
      members * journeys,
    ),
    is(
      "each step of a lap once",
      await count(
        sql`SELECT count(*) AS n FROM (SELECT FROM journal GROUP BY run_id, step, lap HAVING count(*) > 1) AS d`,
      ),
      0,
    ),
    is("each has one variant", await count(sql`SELECT count(*) AS n FROM exposure`), members),
    is(
      "who drew A was counted once",
      await count(
        sql`SELECT count(*) AS n FROM member WHERE workspace_id = ${ws} AND (attributes ->> 'drawn_a')::float8 = 1`,
      ),
      await count(sql`SELECT count(*) AS n FROM exposure WHERE variant = 'a'`),
    ),
    is("one webhook a run", await count(sql`SELECT count(*) AS n FROM webhook_call`), members),
    is("all taken", await count(sql`SELECT count(*) AS n FROM webhook_call WHERE state = 'done'`), members),
    is("all at the receiver, by their ids", receiver.calls.size, members),
    is("one emitted event each", await count(sql`SELECT count(*) AS n FROM event WHERE name = 'thanked'`), members),
    is("heard", await tagged("heard"), members),
    is("points once a lap", await count(sql`SELECT count(*) AS n FROM points_entry`), members * LAPS),
    is("their sum", await count(sql`SELECT sum(balance) AS n FROM points_account`), members * LAPS * 10),
    is("went round", await tagged("went round"), members),
    is("came into the segment", await tagged("bought"), members),
    is("had their birthday", await tagged("born today"), members),
    is("one task a run", await count(sql`SELECT count(*) AS n FROM task`), members),
    is("none is open", await count(sql`SELECT count(*) AS n FROM task WHERE state = 'open'`), 0),
    is("each is a conversion", await count(sql`SELECT count(*) AS n FROM run WHERE goal_at IS NOT NULL`), members),
    is(
      "the segments are as their rules say",
      await count(sql`SELECT count(*) AS n FROM segment_member WHERE is_in`),
      members * (2 + rounds),
    ),
    is("nothing was buried", await count(sql`SELECT count(*) AS n FROM dead_letter`), 0),
    ...perRound,
  ];
}

/** Nothing is left to act on. */
async function theirEnd(members: number, rounds: number): Promise<void> {
  const wanted = members * (5 + 2 * rounds);
  let last: unknown;
  await until(
    async () => {
      const [now] = await peek<{
        inbox: number;
        live: number;
        runs: number;
        due: number;
        jobs: number;
        segments: number;
      }>(sql`
        SELECT (SELECT count(*) FROM inbox)::int AS inbox, (SELECT count(*) FROM run WHERE state IN ('ready', 'parked'))::int AS live,
          (SELECT count(*) FROM run)::int AS runs, (SELECT count(*) FROM due WHERE at < now())::int AS due,
          (SELECT count(*) FROM job WHERE state = 'running')::int AS jobs, (SELECT count(*) FROM segment WHERE state <> 'live')::int AS segments`);
      last = now;
      return now && now.inbox + now.live + now.due + now.jobs + now.segments === 0 && now.runs >= wanted;
    },
    { deadline: DEADLINE_MS, every: 500, what: () => `the end of ${wanted} runs (${JSON.stringify(last)})` },
  );
}

const built = (segments: number): Promise<unknown> =>
  until(async () => (await count(sql`SELECT count(*) AS n FROM segment WHERE state = 'live'`)) === segments, {
    deadline: 30_000,
    every: 100,
    what: "the segments",
  });

/** On the workspace's calendar, which is the members'. */
async function bornToday(own: Shop): Promise<void> {
  const today = dayOf(Date.now(), await zoneOf(own));
  await engine((tx) =>
    tx.run(sql`UPDATE member SET birthday = ${`1990${today.slice(4)}`}::date WHERE workspace_id = ${own.workspace}`),
  );
}

async function zoneOf(own: Shop): Promise<string> {
  const [row] = await peek<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${own.workspace}`);
  return row?.zone ?? "UTC";
}

/** A minute of the workspace's clocks that is 20 to 80 seconds away. */
async function nextMinute(own: Shop): Promise<string> {
  const at = Math.ceil((Date.now() + 20_000) / 60_000) * 60_000;
  return new Intl.DateTimeFormat("en-GB", { timeZone: await zoneOf(own), timeStyle: "short" }).format(at);
}

/** Takes every webhook, after a while, and counts how often each id came. */
class Receiver {
  readonly calls = new Map<string, number>();
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const server = createServer();
    const own = new Receiver(server);
    server.on("request", (request, response) => {
      const id = String(request.headers["webhook-id"]);
      own.calls.set(id, (own.calls.get(id) ?? 0) + 1);
      request.resume().on("end", () => setTimeout(() => response.writeHead(204).end(), 50));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return own;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get repeated(): number {
    return [...this.calls.values()].filter((n) => n > 1).length;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
