import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { environment } from "@/platform/config";
import { connect, disconnect } from "@/platform/db";
import { migrate, migrationsIn } from "@/platform/db/migrate";
import { type Postgres, startPostgres } from "@/scripts/embedded/postgres";
import { startTemporal, type Temporal } from "@/scripts/embedded/temporal";
import { freePort } from "@/scripts/process/ports";
import { until } from "@/tests/harness/until";
import type { Options } from "../bench";
import { COUNTED, countStatements, writeStatements } from "./statements";

const root = fileURLToPath(new URL("../..", import.meta.url));
const PASSWORD = "bench";

/** A process under test. */
export type Role = { name: string; pid: number | undefined; stop(): Promise<void> };
/** Seconds of processor time by who spent them. */
export type Cpu = { readonly [who: string]: number };

/**
 * An installation of its own for one bench: Postgres that writes durably, Temporal's dev server, free ports, a temporary folder. The bench's own
 * process is connected to it as well. Roles are processes of their own, as in production.
 */
export class Installation {
  private readonly home = folder();
  private readonly roles = new Set<Role>();
  private constructor(
    private readonly options: Options,
    private readonly ports: Record<"postgres" | "temporal" | "api" | "sandboxHttp" | "smtp" | "console", number>,
    private postgres: Postgres | undefined,
    private temporal: Temporal | undefined,
  ) {}

  /** Starts one, works on it, and removes it whatever happens. */
  static async use<T>(options: Options, work: (here: Installation) => Promise<T>): Promise<T> {
    const [postgres = 0, temporal = 0, api = 0, sandboxHttp = 0, smtp = 0, console = 0] = await Promise.all(
      Array.from({ length: 6 }, freePort),
    );
    const here = new Installation(
      options,
      { postgres, temporal, api, sandboxHttp, smtp, console },
      undefined,
      undefined,
    );
    const interrupted = (): void => void here.stop().finally(() => process.exit(130));
    process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
    try {
      await here.start();
      return await work(here);
    } finally {
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      await here.stop();
    }
  }

  private get profile(): string | undefined {
    return this.options.profile === undefined ? undefined : resolve(this.options.profile);
  }

  get databaseUrl(): string {
    return `postgres://postgres:${PASSWORD}@127.0.0.1:${this.ports.postgres}/regulars`;
  }
  get temporalAddress(): string {
    return `127.0.0.1:${this.ports.temporal}`;
  }
  get apiUrl(): string {
    return `http://127.0.0.1:${this.ports.api}`;
  }
  get consoleUrl(): string {
    return `http://127.0.0.1:${this.ports.console}`;
  }
  get sandboxUrl(): string {
    return `http://127.0.0.1:${this.ports.sandboxHttp}`;
  }

  /** Processor time used so far: by each role, by Postgres, Temporal and the bench itself. What two of them differ by hardly depends on who else uses the machine. */
  cpu(): Cpu {
    const { user, system } = process.cpuUsage();
    return {
      ...Object.fromEntries([...this.roles].map(({ name, pid }) => [name, cpuOf(pid)])),
      postgres: cpuOf(this.postgres?.pid) + childrenOf(this.postgres?.pid).reduce((sum, pid) => sum + cpuOf(pid), 0),
      temporal: cpuOf(this.temporal?.pid),
      bench: (user + system) / 1e6,
    };
  }

  /** A profile's statements are counted from here on, without what went before. */
  async warmedUp(): Promise<void> {
    if (this.profile !== undefined) await countStatements();
  }

  /** Starts a role's program (`api/main.ts`) and waits until `isReady`. */
  async role(program: string, isReady: () => Promise<boolean>): Promise<Role> {
    const name = program.replaceAll("/", "-").replace(/\.ts$/, "");
    const file = join(this.home, `${name}.log`);
    const log = openSync(file, "a");
    const profile = this.profile;
    const child = spawn(
      process.execPath,
      [
        ...(profile === undefined ? [] : ["--cpu-prof", "--cpu-prof-dir", profile]),
        // As `npm run worker` starts it.
        ...(program.includes("worker") ? ["--max-semi-space-size=32"] : []),
        "--import",
        "tsx",
        program,
      ],
      { cwd: root, stdio: ["ignore", log, log], env: this.environment() },
    );
    const role = {
      // `worker/main.ts` and the rig's own `bench/rig/worker.ts` alike.
      name:
        program
          .replace(/\.ts$|\/main\.ts$/g, "")
          .split("/")
          .at(-1) ?? program,
      pid: child.pid,
      stop: () => ended(child),
    };
    this.roles.add(role);
    await until(async () => child.exitCode !== null || (await isReady()), {
      deadline: 60_000,
      what: `${program} ready`,
    });
    if (child.exitCode !== null) throw new Error(`${program} ended: ${readFileSync(file, "utf8").slice(-2000)}`);
    return { ...role, stop: () => role.stop().finally(() => this.roles.delete(role)) };
  }

  private environment(): NodeJS.ProcessEnv {
    return environment({
      DATABASE_URL: this.databaseUrl,
      TEMPORAL_ADDRESS: this.temporalAddress,
      API_PORT: String(this.ports.api),
      PORT: String(this.ports.console),
      PUBLIC_URL: this.consoleUrl,
      SANDBOX_HTTP_PORT: String(this.ports.sandboxHttp),
      SANDBOX_SMTP_PORT: String(this.ports.smtp),
      PUBLIC_API_URL: this.apiUrl,
      REGULARS_HOME: this.home,
      REGULARS_SECRET: "a secret for the benches, always the same",
      LOG_LEVEL: "warn",
      NODE_ENV: "production",
    });
  }

  private async start(): Promise<void> {
    await this.startPostgres();
    // Commit instants by the database's clock are what latencies are measured to.
    const settings = `track_commit_timestamp = 'on'\n${this.profile === undefined ? "" : COUNTED}`;
    appendFileSync(join(this.home, "postgres", "postgresql.auto.conf"), settings);
    await this.postgres?.stop();
    await Promise.all([this.startPostgres(), this.startTemporal()]);
    const migrated = await migrate(this.databaseUrl, migrationsIn(join(root, "prisma", "migrations")));
    if (!migrated.ok) throw new Error(migrated.message);
    connect(this.databaseUrl, 20);
    await this.warmedUp();
  }

  private async startPostgres(): Promise<void> {
    this.postgres = await startPostgres({
      folder: join(this.home, "postgres"),
      cache: join(root, ".regulars", "cache"),
      log: join(this.home, "postgres.log"),
      port: this.ports.postgres,
      password: PASSWORD,
      isDurable: true,
    });
  }

  private async startTemporal(): Promise<void> {
    this.temporal = await startTemporal({
      folder: join(this.home, "temporal"),
      cache: join(root, ".regulars", "cache"),
      log: join(this.home, "temporal.log"),
      port: this.ports.temporal,
      namespace: "default",
      say: this.options.say,
    });
  }

  private stopping: Promise<void> | undefined;

  /** Once, whoever asks: the process must not end before all of it has. */
  private stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    await Promise.all([...this.roles].map((role) => role.stop()));
    if (this.profile !== undefined) await writeStatements(join(this.profile, "statements.txt")).catch(this.options.say);
    await disconnect();
    await Promise.all([this.temporal?.stop(), this.postgres?.stop()]);
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** A folder that the database's user may enter too. */
function folder(): string {
  const home = mkdtempSync(join(tmpdir(), "regulars-bench-"));
  chmodSync(home, 0o755);
  return home;
}

/** Asked to stop, a role finishes what it does and writes its profile. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await gone;
  clearTimeout(late);
}

const TICKS_A_SECOND = 100;

/** Processor time of a process and of its children that ended; 0 where the system does not say. */
function cpuOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0) / TICKS_A_SECOND;
  } catch {
    return 0;
  }
}

function childrenOf(pid: number | undefined): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
  } catch {
    return [];
  }
}
