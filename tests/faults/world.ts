import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { environment } from "@/platform/config";
import { connect, disconnect } from "@/platform/db";
import { migrate, migrationsIn } from "@/platform/db/migrate";
import { type Sandbox, startSandbox } from "@/sandbox/start";
import { type Postgres, startPostgres } from "@/scripts/embedded/postgres";
import { startTemporal, type Temporal } from "@/scripts/embedded/temporal";
import { freePort } from "@/scripts/process/ports";
import { until } from "../harness/until";

const root = fileURLToPath(new URL("../..", import.meta.url));
const quiet = (): void => {};

/**
 * A whole installation in a folder of its own, whose parts can be killed one by one and started again on the same ports and data. Postgres
 * writes durably (fsync on): what it acknowledged must survive its own kill.
 */
export class World {
  readonly home = folder();
  apiUrl = "";
  sandbox: Sandbox | undefined;
  private postgres: Postgres | undefined;
  private temporal: Temporal | undefined;
  private isStopping = false;
  private readonly roles = new Map<string, ChildProcess>();
  private ports = { postgres: 0, temporal: 0, api: 0 };

  async start(): Promise<void> {
    this.ports = { postgres: await freePort(), temporal: await freePort(), api: await freePort() };
    this.apiUrl = `http://127.0.0.1:${this.ports.api}`;
    this.sandbox = await startSandbox({ folder: join(this.home, "sandbox"), httpPort: 0, smtpPort: 0, stepMs: 50 });
    await Promise.all([this.startPostgres(), this.startTemporal()]);
    const url = this.databaseUrl();
    const migrated = await migrate(url, migrationsIn(join(root, "prisma", "migrations")));
    if (!migrated.ok) throw new Error(migrated.message);
    connect(url, 5);
    this.startRole("api");
    this.startRole("worker");
    await until(async () => (await fetch(`${this.apiUrl}/healthz`)).ok, { deadline: 30_000, what: "the api" });
  }

  databaseUrl(): string {
    return `postgres://postgres:faults@127.0.0.1:${this.ports.postgres}/regulars`;
  }

  async startPostgres(): Promise<void> {
    this.postgres = await startPostgres({
      folder: join(this.home, "postgres"),
      cache: join(root, ".regulars", "cache"),
      log: join(this.home, "postgres.log"),
      port: this.ports.postgres,
      password: "faults",
      isDurable: true,
      maxConnections: 100,
    });
  }

  async startTemporal(): Promise<void> {
    this.temporal = await startTemporal({
      folder: join(this.home, "temporal"),
      cache: join(root, ".regulars", "cache"),
      log: join(this.home, "temporal.log"),
      port: this.ports.temporal,
      namespace: "default",
      say: quiet,
    });
  }

  startRole(name: "api" | "worker"): void {
    mkdirSync(this.home, { recursive: true });
    const log = openSync(join(this.home, `${name}.log`), "a");
    const child = spawn(process.execPath, ["--import", "tsx", `${name}/main.ts`], {
      cwd: root,
      stdio: ["ignore", log, log],
      env: environment({
        DATABASE_URL: this.databaseUrl(),
        TEMPORAL_ADDRESS: `127.0.0.1:${this.ports.temporal}`,
        API_PORT: String(this.ports.api),
        PORT: "1",
        SANDBOX_HTTP_PORT: String(this.sandbox?.httpPort),
        SANDBOX_SMTP_PORT: String(this.sandbox?.smtpPort),
        PUBLIC_API_URL: this.apiUrl,
        REGULARS_HOME: this.home,
        REGULARS_SECRET: "a secret for the fault tests, always the same",
        LOG_LEVEL: "warn",
        NODE_ENV: "production",
      }),
    });
    this.roles.set(name, child);
    // As the supervisor does: a role that ends by itself is started again.
    child.once("exit", (_, signal) => {
      if (signal !== "SIGKILL" && !this.isStopping) setTimeout(() => this.startRole(name), 500);
    });
  }

  /** Ends a role at once, as a power cut would, and waits until it is gone. */
  async killRole(name: "api" | "worker", signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.roles.get(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await gone;
  }

  /** SIGQUIT is Postgres's immediate shutdown: no checkpoint, every connection cut. */
  async killPostgres(): Promise<void> {
    const pid = this.postgres?.pid;
    if (pid) {
      process.kill(pid, "SIGQUIT");
      await gone(pid);
    }
  }

  async killTemporal({ withItsData = false } = {}): Promise<void> {
    const pid = this.temporal?.pid;
    if (pid) {
      process.kill(pid, "SIGKILL");
      await gone(pid);
    }
    if (withItsData) rmSync(join(this.home, "temporal"), { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all([this.killRole("worker"), this.killRole("api")]);
    await disconnect();
    await this.temporal?.stop();
    await this.postgres?.stop();
    await this.sandbox?.close();
    rmSync(this.home, { recursive: true, force: true });
  }
}

const gone = (pid: number): Promise<unknown> =>
  until(
    () => {
      try {
        process.kill(pid, 0);
        return false;
      } catch {
        return true;
      }
    },
    { deadline: 20_000, what: `the end of ${pid}` },
  );

/** A folder that the database's user may enter too. */
function folder(): string {
  const home = mkdtempSync(join(tmpdir(), "regulars-faults-"));
  chmodSync(home, 0o755);
  return home;
}
