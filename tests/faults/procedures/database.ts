import { setTimeout as pause } from "node:timers/promises";
import { engine, peek, sql } from "@/platform/db";
import { atLeast, type Finding, is } from "../findings";
import { ordersUnder } from "../orders";
import type { Procedure } from "../procedure";
import type { World } from "../world";

/** What a database, its network and the people who look after it do besides dying. */
export const database: Procedure[] = [
  {
    name: "all connections to Postgres forgotten by the network",
    world: { isLinked: true },
    async run(world) {
      const verdict = await ordersUnder(world, {
        runs: 1000,
        lastsMs: 45_000,
        async strike({ recovery }) {
          let dead = 0;
          for (let i = 0; i < 3; i++) {
            await pause(4000);
            dead += world.links?.postgres.forget() ?? 0;
            await recovery.next();
            await pause(4000);
          }
          return dead;
        },
        also: ({ recovery }) => recovery.findings("the connections' death", 10_000),
      });
      return { ...verdict, findings: [...verdict.findings, atLeast("connections", verdict.faults, 20)] };
    },
  },
  {
    name: "sessions ended by an operator, at random",
    world: { isLinked: true },
    async run(world) {
      const verdict = await ordersUnder(world, {
        runs: 1000,
        lastsMs: 25_000,
        async strike({ recovery }) {
          let ended = 0;
          for (const until = Date.now() + 20_000; Date.now() < until; await pause(100)) ended += await endSome(world);
          await recovery.next();
          return ended;
        },
        also: ({ recovery }) => recovery.findings("the last session's end", 5000),
      });
      return { ...verdict, findings: [...verdict.findings, atLeast("sessions ended", verdict.faults, 50)] };
    },
  },
  {
    name: "tables locked by an operator, longer than a caller waits",
    run: (world) =>
      ordersUnder(world, {
        runs: 1000,
        lastsMs: 60_000,
        async strike({ recovery }) {
          for (const table of TABLES) {
            await pause(2000);
            await hold(table, 12_000);
            await recovery.next();
          }
          return TABLES.length;
        },
        also: ({ recovery }) => recovery.findings("the lock's end", 5000),
      }),
  },
  {
    name: "Postgres takes no writes for 10 s",
    run: (world) =>
      ordersUnder(world, {
        runs: 1000,
        lastsMs: 35_000,
        async strike({ recovery }) {
          for (let i = 0; i < 2; i++) {
            await pause(3000);
            await setReadOnly(true);
            await pause(10_000);
            await setReadOnly(false);
            await recovery.next();
          }
          return 2;
        },
        also: ({ recovery }) => recovery.findings("the first write", 10_000),
      }),
  },
  {
    name: "worker and api stopped in order, and started again",
    run: (world) =>
      ordersUnder(world, {
        lastsMs: 45_000,
        async strike({ recovery }) {
          for (let i = 0; i < 4; i++) {
            for (const role of ["worker", "api"] as const) {
              await pause(500 + Math.random() * 2000);
              await world.stopRole(role);
              world.startRole(role);
            }
            await world.answers();
            await recovery.next();
          }
          return 8;
        },
        also: async ({ shop: { workspace }, recovery }) => [
          ...(await nothingInDoubt(workspace)),
          ...(await recovery.findings("the api's return", 5000)),
        ],
      }),
  },
];

const TABLES = ["run", "message", "inbox", "member"] as const;

/** One session in five, of those that come over the wire. */
async function endSome(world: World): Promise<number> {
  const ports = (world.links?.postgres.ports() ?? []).filter(() => Math.random() < 0.2);
  const ended = await peek<{ ended: boolean }>(
    sql`SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE client_port = ANY(${ports}::int[])`,
  );
  return ended.length;
}

/** As ALTER TABLE or VACUUM FULL would. */
async function hold(table: (typeof TABLES)[number], ms: number): Promise<void> {
  await engine(async (tx) => {
    await tx.run(sql`SET LOCAL idle_in_transaction_session_timeout = 0`);
    await tx.run(LOCKS[table]);
    await pause(ms);
  });
}
const LOCKS = {
  run: sql`LOCK TABLE run IN ACCESS EXCLUSIVE MODE`,
  message: sql`LOCK TABLE message IN ACCESS EXCLUSIVE MODE`,
  inbox: sql`LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE`,
  member: sql`LOCK TABLE member IN ACCESS EXCLUSIVE MODE`,
};

/** As a server is that was just made a standby, or whose disk is nearly full. */
async function setReadOnly(isOn: boolean): Promise<void> {
  await peek(
    isOn
      ? sql`ALTER SYSTEM SET default_transaction_read_only = on`
      : sql`ALTER SYSTEM RESET default_transaction_read_only`,
  );
  await peek(sql`SELECT pg_reload_conf()`);
}

async function nothingInDoubt(workspace: string): Promise<Finding[]> {
  const [row] = await peek<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM message WHERE workspace_id = ${workspace} AND state IN ('claimed', 'unknown')`,
  );
  return [is("messages in doubt", row?.n, 0)];
}
