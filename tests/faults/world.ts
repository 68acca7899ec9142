import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { environment } from "@/platform/config";
import { connect, disconnect } from "@/platform/db";
import { migrate, migrationsIn } from "@/platform/db/migrate";
import type { FaultPoint } from "@/platform/fault-points";
import { secretsOf } from "@/platform/secrets";
import { type Sandbox, startSandbox } from "@/sandbox/start";
import { type Postgres, startPostgres } from "@/scripts/embedded/postgres";
import { startTemporal, type Temporal } from "@/scripts/embedded/temporal";
import { freePort } from "@/scripts/process/ports";
import { until } from "../harness/until";
import { Link } from "./link";

const root = fileURLToPath(new URL("../..", import.meta.url));
const SECRET = "a secret for the fault tests, always the same";
const quiet = (): void => {};

export type WorldOptions = {
  /** Worker processes. */
  workers?: number;
  /** The roles reach Postgres and Temporal through links that can be cut. */
  isLinked?: boolean;
  /** The roles' clocks are off by this much. */
  clockOffMs?: number;
};
export type RoleName = "api" | "worker" | `worker-${number}`;
type Extra = { at?: FaultPoint; time?: number };

/**
 * A whole installation in a folder of its own, whose parts can be killed one by one and started again on the same ports and data. Postgres
 * writes durably (fsync on): what it acknowledged must survive its own kill.
 */
export class World {
  readonly home = folder();
  /** What its SMS sandbox signs with. */
  readonly sandboxToken = secretsOf(this.home, SECRET).sandbox;
  apiUrl = "";
  sandbox: Sandbox | undefined;
  links: { postgres: Link; temporal: Link } | undefined;
  private postgres: Postgres | undefined;
  private temporal: Temporal | undefined;
  private isStopping = false;
  /** Whose end was asked for. */
  private readonly asked = new WeakSet<ChildProcess>();
  private readonly roles = new Map<RoleName, ChildProcess>();
  private ports = { postgres: 0, temporal: 0, api: 0 };

  constructor(private readonly options: WorldOptions = {}) {}

  get workers(): RoleName[] {
    return Array.from(
      { length: this.options.workers ?? 1 },
      (_, i): RoleName => (i === 0 ? "worker" : `worker-${i + 1}`),
    );
  }

  async start(): Promise<void> {
    this.ports = { postgres: await freePort(), temporal: await freePort(), api: await freePort() };
    this.apiUrl = `http://127.0.0.1:${this.ports.api}`;
    this.sandbox = await startSandbox({
      folder: join(this.home, "sandbox"),
      httpPort: 0,
      smtpPort: 0,
      authToken: this.sandboxToken,
      stepMs: 50,
    });
    await Promise.all([this.startPostgres(), this.startTemporal()]);
    if (this.options.isLinked)
      this.links = {
        postgres: await Link.open(await freePort(), this.ports.postgres),
        temporal: await Link.open(await freePort(), this.ports.temporal),
      };
    const url = this.databaseUrl();
    const migrated = await migrate(url, migrationsIn(join(root, "prisma", "migrations")));
    if (!migrated.ok) throw new Error(migrated.message);
    connect(url, 5);
    this.startRole("api");
    for (const worker of this.workers) this.startRole(worker);
    await this.answers();
  }

  /** Resolves when the API takes events again. */
  answers(): Promise<unknown> {
    return until(async () => (await fetch(`${this.apiUrl}/readyz`)).ok, { deadline: 60_000, what: "the api" });
  }

  databaseUrl(): string {
    return `postgres://postgres:faults@127.0.0.1:${this.ports.postgres}/regulars`;
  }

  temporalAddress(): string {
    return `127.0.0.1:${this.ports.temporal}`;
  }

  async startPostgres(): Promise<void> {
    this.postgres = await startPostgres({
      folder: join(this.home, "postgres"),
      cache: join(root, ".regulars", "cache"),
      log: join(this.home, "postgres.log"),
      port: this.ports.postgres,
      password: "faults",
      isDurable: true,
      maxConnections: 150,
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

  /** `at`, `time`: the role ends itself at this point, when it comes there for that time. */
  startRole(name: RoleName, { at, time = 1 }: Extra = {}): void {
    mkdirSync(this.home, { recursive: true });
    const log = openSync(join(this.home, `${name}.log`), "a");
    const { clockOffMs } = this.options;
    const clock = clockOffMs ? ["--import", join(root, "tests/faults/clock-off.mjs")] : [];
    const child = spawn(process.execPath, [...clock, "scripts/run.mjs", `${name.split("-")[0]}`], {
      cwd: root,
      stdio: ["ignore", log, log],
      env: environment({
        DATABASE_URL: this.links
          ? this.databaseUrl().replace(String(this.ports.postgres), String(this.links.postgres.port))
          : this.databaseUrl(),
        TEMPORAL_ADDRESS: `127.0.0.1:${this.links?.temporal.port ?? this.ports.temporal}`,
        API_PORT: String(this.ports.api),
        PORT: "1",
        SANDBOX_HTTP_PORT: String(this.sandbox?.httpPort),
        SANDBOX_SMTP_PORT: String(this.sandbox?.smtpPort),
        PUBLIC_API_URL: this.apiUrl,
        REGULARS_HOME: this.home,
        // The receiver of webhooks is on this machine.
        WEBHOOK_ALLOW: "127.0.0.1",
        REGULARS_SECRET: SECRET,
        LOG_LEVEL: "warn",
        NODE_ENV: "production",
        ...(at && { FAULT_POINT: `${at}@${time}` }),
        ...(clockOffMs && { CLOCK_OFF_MS: String(clockOffMs) }),
      }),
    });
    this.roles.set(name, child);
    // As the supervisor does: a role that ends by itself is started again.
    child.once("exit", (_, signal) => {
      if (signal !== "SIGKILL" && !this.isStopping && !this.asked.has(child))
        setTimeout(() => this.startRole(name), 500);
    });
  }

  /** Ends a role at once, as a power cut would, and waits until it is gone. */
  async killRole(name: RoleName, signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.roles.get(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    this.asked.add(child);
    child.kill(signal);
    await gone;
  }

  /** Asks a role to end, as a deployment does, and waits until it has. */
  stopRole(name: RoleName): Promise<void> {
    return this.killRole(name, "SIGTERM");
  }

  /** Resolves when a role has ended by itself; false when it did not in that time. */
  async ended(name: RoleName, withinMs: number): Promise<boolean> {
    const child = this.roles.get(name);
    if (!child || child.signalCode !== null) return true;
    return Promise.race([
      new Promise<boolean>((done) => child.once("exit", () => done(true))),
      new Promise<boolean>((done) => setTimeout(() => done(false), withinMs).unref()),
    ]);
  }

  /** Stops a role's clock: it neither works nor knows that it does not. */
  freeze(name: RoleName): void {
    this.roles.get(name)?.kill("SIGSTOP");
  }

  thaw(name: RoleName): void {
    this.roles.get(name)?.kill("SIGCONT");
  }

  /** Stops or continues a server's clock with all its processes: connections stand, and nobody answers. */
  signalServer(which: "postgres" | "temporal", signal: "SIGSTOP" | "SIGCONT"): void {
    const pid = (which === "postgres" ? this.postgres : this.temporal)?.pid;
    if (pid && isAlive(pid)) for (const one of [pid, ...childrenOf(pid)]) if (isAlive(one)) process.kill(one, signal);
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

  /** Copies the database's folder, over an earlier copy, while nothing writes to it. */
  backUpPostgres(): void {
    const [own, copy] = [join(this.home, "postgres"), join(this.home, "postgres-copy")];
    rmSync(copy, { recursive: true, force: true });
    execFileSync("cp", ["-a", own, copy]);
  }

  /** Puts the copy in the place of the database's folder. */
  restorePostgres(): void {
    const [own, copy] = [join(this.home, "postgres"), join(this.home, "postgres-copy")];
    rmSync(own, { recursive: true, force: true });
    execFileSync("cp", ["-a", copy, own]);
  }

  /** Ends everything; `keep` leaves the folder with its logs and data. */
  async stop({ keep = false } = {}): Promise<void> {
    this.isStopping = true;
    for (const name of this.roles.keys()) this.thaw(name);
    for (const server of ["postgres", "temporal"] as const) this.signalServer(server, "SIGCONT");
    await Promise.all([...this.roles.keys()].map((name) => this.killRole(name)));
    await disconnect();
    await this.temporal?.stop();
    await this.postgres?.stop();
    await this.links?.postgres.close();
    await this.links?.temporal.close();
    await this.sandbox?.close();
    if (!keep) rmSync(this.home, { recursive: true, force: true });
  }
}

/** Linux only, as the freezing of a whole server is. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);

const gone = (pid: number): Promise<unknown> =>
  until(() => !isAlive(pid), { deadline: 20_000, what: `the end of ${pid}` });

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A folder that the database's user may enter too. */
function folder(): string {
  const home = mkdtempSync(join(tmpdir(), "regulars-faults-"));
  chmodSync(home, 0o755);
  return home;
}
