import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { commandOf, type Identity, identityOf } from "../process/identity";
import { endOf, tailOf } from "../process/log-file";
import { busy, holderOf, isFree } from "../process/ports";
import { isGone, stop } from "../process/stop";
import { notStarting } from "./not-starting";
import { type Binaries, binaries, MAJOR } from "./postgres-binaries";
import { Problem, Stopped } from "./problem";
import { give, isReachable, servant } from "./unprivileged";

export type Options = {
  /** Where the data lies; made when absent. */
  folder: string;
  /** Where the programs are copied when they must be. */
  cache: string;
  log: string;
  port: number;
  password: string;
  /** False for tests: a crash of the machine may then damage the data. */
  isDurable: boolean;
  maxConnections?: number;
  /** Aborted when nobody waits for the start any more: it then ends, and leaves no process behind. */
  ending?: AbortSignal;
};
export type Postgres = Identity & { isAdopted: boolean; url(database: string): string; stop(): Promise<void> };

/** Starts Postgres on a data folder, or adopts the one a killed start left. Throws Problem with what to do. */
export async function startPostgres(options: Options): Promise<Postgres> {
  const folder = place(options.folder);
  mkdirSync(options.cache, { recursive: true });
  const programs = binaries(isReachable(options.cache) ? options.cache : dirname(folder));
  await initialise(folder, options, programs);
  const version = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  if (version !== MAJOR)
    throw new Problem(
      `The database in ${options.folder} was made by PostgreSQL ${version}, this is ${MAJOR}. ` +
        `Dump it with ${version} and restore it here (docs/operate.md), or move that folder away to start anew.`,
    );
  const left = await leftover(folder, options.port);
  if (left) return running(left, options, true);
  if (!(await isFree(options.port))) throw new Problem(busy(options.port, "POSTGRES_PORT"));
  return running(await launch(folder, options, programs.postgres), options, false);
}

/** The folder itself, or, when the database's user could not enter it, one under /var/lib that a link here points to. */
function place(wanted: string): string {
  mkdirSync(dirname(wanted), { recursive: true });
  if (lstatSync(wanted, { throwIfNoEntry: false })) return existsSync(wanted) ? realpathSync(wanted) : relink(wanted);
  return isReachable(dirname(wanted)) ? wanted : relink(wanted);
}

function relink(wanted: string): string {
  rmSync(wanted, { force: true });
  const outside = join("/var/lib/regulars", randomBytes(6).toString("hex"));
  mkdirSync(outside, { recursive: true, mode: 0o755 });
  symlinkSync(join(outside, basename(wanted)), wanted);
  return join(outside, basename(wanted));
}

async function initialise(folder: string, options: Options, { initdb }: Binaries): Promise<void> {
  if (existsSync(join(folder, "PG_VERSION"))) return;
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Problem(
      `${options.folder} is damaged: it holds files but no database. Restore it from a backup, or move it away to start anew.`,
    );
  // Made beside and renamed, so that an interrupted start leaves nothing half made.
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  give(draft);
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  give(passwordFile);
  const args = ["-D", draft, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8"];
  // The built-in provider sorts alike on every machine, whatever locales are installed.
  args.push(
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(options.isDurable ? [] : ["--no-sync"]),
  );
  const out = await finished(initdb, args);
  rmSync(passwordFile);
  if (out.code !== 0) throw new Problem(`The database could not be made in ${options.folder}: ${out.text.trim()}`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
}

function finished(program: string, args: string[]): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...servant, cwd: "/" });
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    child.stderr.on("data", (chunk) => (text += chunk));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, text }));
  });
}

/** The server that already runs on this folder, if it can be used; one on another port or half dead is stopped. */
async function leftover(folder: string, port: number): Promise<Identity | undefined> {
  const file = join(folder, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const [pid, , , itsPort] = readFileSync(file, "utf8").split("\n");
  const identity = identityOf(Number(pid));
  if (!identity || !commandOf(identity.pid).includes(folder)) {
    // Its number may belong to a stranger by now, and then Postgres would refuse to start.
    if (identity) rmSync(file, { force: true });
    return undefined;
  }
  if (Number(itsPort) === port && holderOf(port)) return identity;
  await stop(identity, "SIGINT");
  return undefined;
}

async function launch(folder: string, options: Options, postgres: string): Promise<Identity> {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: options.maxConnections ?? 200,
    shared_buffers: "256MB",
    max_wal_size: "4GB",
    random_page_cost: 1.1,
    jit: "off",
    // Statements keep the plan they had when their tables were small until statistics come: with the usual minute, a new shop's first burst walked
    // its whole tables again and again (3.2 times the database's time a mail).
    autovacuum_naptime: "5s",
    // Containers often give /dev/shm 64 MB, too little for parallel queries.
    dynamic_shared_memory_type: sharedMemory() < 512 * 2 ** 20 ? "mmap" : "posix",
    ...(options.isDurable
      ? {}
      : {
          fsync: "off",
          synchronous_commit: "off",
          full_page_writes: "off",
          autovacuum_naptime: "10min",
          // Tests run in a session's zone that is half an hour off and changes its clocks, so that nothing comes to lean on it.
          timezone: "Australia/Adelaide",
        }),
  };
  const args = [
    "-D",
    folder,
    "-p",
    String(options.port),
    ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`]),
  ];
  for (const end = Date.now() + 15_000; ; await pause(300)) {
    if (options.ending?.aborted) throw new Stopped();
    const from = endOf(options.log);
    const log = openSync(options.log, "a");
    // Its own process group: Ctrl-C in the terminal must not stop it before the others.
    const child = spawn(postgres, args, { ...servant, cwd: "/", detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    const failed = new Promise<"failed">((resolve) =>
      child.once("exit", () => resolve("failed")).once("error", () => resolve("failed")),
    );
    child.unref();
    const giveUp = () => child.kill("SIGQUIT");
    options.ending?.addEventListener("abort", giveUp);
    const identity = child.pid === undefined ? undefined : identityOf(child.pid);
    const waiting = new AbortController();
    const verdict = await Promise.race([failed, answers(options, waiting.signal).then(() => "answers" as const)]).catch(
      async (error: unknown) => {
        // Nobody could stop one that does not take our password.
        giveUp();
        await failed;
        throw error;
      },
    );
    waiting.abort();
    options.ending?.removeEventListener("abort", giveUp);
    if (options.ending?.aborted) throw new Stopped();
    if (identity && verdict === "answers") return identity;
    const text = tailOf(options.log, from);
    // Backends of a killed server need a moment to notice.
    if (text.includes("pre-existing shared memory block") && Date.now() < end) continue;
    throw new Problem(notStarting(options, text));
  }
}

function sharedMemory(): number {
  if (process.platform !== "linux") return Number.POSITIVE_INFINITY;
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize;
  } catch {
    return 0;
  }
}

const urlOf = ({ password, port }: Options, database: string) =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

/** Resolves when queries are answered; recovery after a crash may take its time. */
async function answers(options: Options, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    const client = new pg.Client({ connectionString: urlOf(options, "postgres"), connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === "28P01")
        throw new Problem(
          `The database in ${options.folder} does not accept our password: secrets.json beside it was replaced. ` +
            "Put the old one back, or move the database folder away to start anew.",
        );
    } finally {
      await client.end().catch(() => {});
    }
    await pause(50);
  }
}

async function running(server: Identity, options: Options, isAdopted: boolean): Promise<Postgres> {
  await answers(options, AbortSignal.timeout(60_000));
  return {
    ...server,
    isAdopted,
    url: (database) => urlOf(options, database),
    // Fast, not smart: open connections are cut. Past patience, immediate: the next start recovers from the log.
    stop: async () => {
      if (options.isDurable) await stop(server, "SIGINT", 6_000);
      else await stop(server, "SIGQUIT", 3_000);
      await isGone(server, 1_000);
    },
  };
}
