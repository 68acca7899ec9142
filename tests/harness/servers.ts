import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { migrate, migrationsIn } from "@/platform/db/migrate";
import { buildConsole, isConsoleBuilt } from "@/scripts/console-build";
import { startPostgres } from "@/scripts/embedded/postgres";
import { startTemporal } from "@/scripts/embedded/temporal";
import { commandOf, identityOf } from "@/scripts/process/identity";
import { freePort } from "@/scripts/process/ports";
import { stop } from "@/scripts/process/stop";
import { writeWorkflowBundle } from "./workflow-bundle";

/** What a run's test files are told about the servers they share. */
export type Servers = {
  postgres: { url: string; template: string };
  temporal: { address: string };
  /** The file of the bundled workflows, made once. */
  bundle: string;
};

const root = fileURLToPath(new URL("../..", import.meta.url));
const PREFIX = "regulars-test-";
const home = join(tmpdir(), `${PREFIX}${process.pid}`);
// Downloads are kept in the project, so that the next run has them.
const cache = join(root, ".regulars", "cache");

// Each vitest project loads its own copy of this module; the process is what they share.
type Shared = { [K in keyof Servers]?: Promise<Servers[K]> } & {
  console?: Promise<void>;
  stops: (() => Promise<void>)[];
};
const key = Symbol.for("regulars.test.servers");
const holder: typeof globalThis & { [key]?: Shared } = globalThis;
holder[key] ??= { stops: [] };
const shared: Shared = holder[key];

/** One Postgres with fsync off and a migrated template. */
export const startDatabase = (): Promise<Servers["postgres"]> => {
  shared.postgres ??= (async () => {
    await sweep();
    mkdirSync(home, { recursive: true, mode: 0o755 });
    const server = await startPostgres({
      folder: join(home, "postgres"),
      cache,
      log: join(home, "postgres.log"),
      port: await freePort(),
      password: "test",
      isDurable: false,
      maxConnections: 300,
    });
    shared.stops.push(() => server.stop());
    const template = "template_regulars";
    const migrated = await migrate(server.url(template), migrationsIn(join(root, "prisma", "migrations")));
    if (!migrated.ok) throw new Error(migrated.message);
    const client = new pg.Client({ connectionString: server.url("postgres") });
    await client.connect();
    await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true ALLOW_CONNECTIONS false`);
    await client.end();
    return { url: server.url("postgres"), template };
  })();
  return shared.postgres;
};

/** One Temporal dev server. */
export const startWorkflowServer = (): Promise<Servers["temporal"]> => {
  shared.temporal ??= (async () => {
    const server = await startTemporal({
      folder: join(home, "temporal"),
      cache,
      log: join(home, "temporal.log"),
      port: await freePort(),
      namespace: "default",
      say: (line) => console.info(line),
    });
    shared.stops.push(() => server.stop());
    return { address: server.address };
  })();
  return shared.temporal;
};

export const startBundle = (): Promise<string> => {
  shared.bundle ??= writeWorkflowBundle(join(home, "workflows.js"));
  return shared.bundle;
};

/** The console, built from these very sources: by one, since files side by side would build into the same folder. */
export const builtConsole = (): Promise<void> => {
  shared.console ??= isConsoleBuilt() ? Promise.resolve() : buildConsole();
  return shared.console;
};

/** Stops what was started; harmless when called again. */
export async function stopServers(): Promise<void> {
  await Promise.all([shared.postgres, shared.temporal].map((starting) => starting?.catch(() => {})));
  await Promise.all(shared.stops.splice(0).map((each) => each()));
  rmSync(home, { recursive: true, force: true });
}

/** Stops and removes what killed runs left behind. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
    if (!Number.isInteger(pid) || pid === process.pid || identityOf(pid)) continue;
    const folder = join(tmpdir(), name);
    for (const file of ["postgres/postmaster.pid", "temporal/temporal.pid"]) {
      const left = identityOf(firstNumber(join(folder, file)));
      // Only a process whose command line names this very folder is ours.
      if (left && commandOf(left.pid).includes(folder)) await stop(left, "SIGQUIT", 3_000);
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function firstNumber(file: string): number {
  try {
    return Number.parseInt(readFileSync(file, "utf8"), 10);
  } catch {
    return 0;
  }
}
