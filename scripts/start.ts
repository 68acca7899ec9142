import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { config, secrets } from "@/platform/config";
import { migrate, migrationsIn } from "@/platform/db/migrate";
import { buildConsole, isConsoleBuilt } from "./console-build";
import { seededDemo } from "./demo-run";
import { startPostgres } from "./embedded/postgres";
import { Problem } from "./embedded/problem";
import { startTemporal } from "./embedded/temporal";
import { keepShort } from "./process/log-file";
import { busy, isFree } from "./process/ports";
import { unusable } from "./process/unusable.mjs";
import { Keeper } from "./supervise/keep";
import { parts } from "./supervise/parts";
import { Role, replaceLeftover } from "./supervise/role";
import { during, say } from "./supervise/say";
import { beSole } from "./supervise/sole";
import { Running } from "./supervise/stopping";
import { welcome } from "./supervise/welcome";

const settings = config();
const home = settings.REGULARS_HOME;
const places = (name: string) => ({
  pidFile: join(home, "run", `${name}.json`),
  log: join(home, "logs", `${name}.log`),
});
const running = new Running();
// Aborts the console's build, the demo's seeding and servers that do not answer yet when the start fails or is stopped.
const ending = new AbortController();
const roles = parts(settings);
let stopping: Promise<void> | undefined;
// A server that is being started when the stop comes is waited for, or it would be left behind.
let servers: Promise<unknown>[] = [];

mkdirSync(home, { recursive: true });
const release = await beSole(join(home, "run", "start.json"));
listenForStop();
keepShort(join(home, "logs"), (error) => say("logs", String(error)));
try {
  await start();
} catch (error) {
  if (!stopping) {
    const told = error instanceof Problem ? error.message : unusable(error);
    console.error(told === undefined ? error : `\n${told}\n`);
    await shutDown(1);
  }
}

/** Everything at once that can be; each part waits only for what it needs. */
async function start(): Promise<void> {
  await Promise.all(Object.keys(roles).map((name) => replaceLeftover(name, places(name))));
  for (const variable of ["PORT", "API_PORT", "SANDBOX_HTTP_PORT", "SANDBOX_SMTP_PORT"] as const)
    if (!(await isFree(settings[variable]))) throw new Problem(busy(settings[variable], variable));

  const database = readyDatabase();
  const workflows = readyTemporal();
  servers = [database, workflows];
  const built = builtConsole();
  const sandbox = run("sandbox", 1);
  const api = Promise.all([database, sandbox]).then(() => run("api", 3));
  const worker = Promise.all([database, workflows, sandbox]).then(() => run("worker", 2));
  const console_ = Promise.all([built, api]).then(() => run("console", 4));
  const demo = database.then(() => seededDemo(home, ending.signal));
  // The first failure ends the start; the others' are then consequences.
  await Promise.all([worker, api, console_, demo]);
  await run("customers", 4);
  if (!stopping) welcome(settings, await demo);
}

async function readyDatabase(): Promise<void> {
  if (settings.ownsPostgres) {
    const folder = join(home, "postgres");
    if (!existsSync(folder)) say("database", "making it");
    const open = () =>
      startPostgres({
        folder,
        cache: join(home, "cache"),
        log: places("postgres").log,
        port: settings.POSTGRES_PORT,
        password: secrets().postgresPassword,
        isDurable: true,
        ending: ending.signal,
      });
    const server = await open();
    running.add(0, new Keeper("database", open, server, "SIGQUIT"));
    say("database", `PostgreSQL ${server.isAdopted ? "still runs" : "runs"} on port ${settings.POSTGRES_PORT}`);
  }
  const migrated = await migrate(settings.DATABASE_URL, migrationsIn("prisma/migrations"));
  if (!migrated.ok) throw new Problem(migrated.message);
  const { applied } = migrated;
  if (applied.length > 3) say("database", `has its tables: ${applied.length} migrations, the last ${applied.at(-1)}`);
  else if (applied.length > 0) say("database", `migrated: ${applied.join(", ")}`);
}

async function readyTemporal(): Promise<void> {
  if (!settings.ownsTemporal) return;
  const open = () =>
    startTemporal({
      folder: join(home, "temporal"),
      cache: join(home, "cache"),
      log: places("temporal").log,
      port: settings.TEMPORAL_PORT,
      uiPort: settings.TEMPORAL_UI_PORT,
      namespace: settings.TEMPORAL_NAMESPACE,
      say: (line) => say("temporal", line),
      ending: ending.signal,
    });
  const server = await during("temporal", "starting", open());
  running.add(1, new Keeper("temporal", open, server, "SIGKILL"));
  say(
    "temporal",
    `${server.isAdopted ? "still runs" : "runs"} on port ${settings.TEMPORAL_PORT}, its UI on ${settings.TEMPORAL_UI_PORT}`,
  );
}

async function builtConsole(): Promise<void> {
  if (isConsoleBuilt()) return;
  say("console", "building it (about a minute; only when its sources changed)");
  await during("console", "building", buildConsole(ending.signal));
  say("console", "built");
}

async function run(name: keyof typeof roles, rank: number): Promise<void> {
  if (stopping) return;
  const role = new Role(roles[name], places(name), name === "worker" ? 3_500 : 2_500);
  running.add(rank, role);
  await role.start();
}

async function shutDown(code: number): Promise<void> {
  ending.abort();
  stopping ??= Promise.race([Promise.allSettled(servers), pause(4_000)])
    .then(() => running.stop())
    .then(() => {
      release();
      process.exit(code);
    });
  return stopping;
}

function listenForStop(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (stopping) {
        running.kill();
        release();
        process.exit(130);
      }
      console.log("\nStopping … (once more to leave at once)");
      void shutDown(0).then(() => undefined);
    });
}
