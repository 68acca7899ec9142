import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { environment } from "@/platform/config";
import { Problem } from "../embedded/problem";
import { type Identity, identityOf } from "../process/identity";
import { endOf, tailOf } from "../process/log-file";
import { forget, remember, remembered } from "../process/pid-file";
import { kill, stop } from "../process/stop";
import { say } from "./say";

export type Part = {
  name: string;
  args: string[];
  environment?: Record<string, string>;
  /** Whether it does its work now. */
  isReady(pid: number): Promise<boolean>;
  /** What is told when it is. */
  says: string;
  readyWithinMs?: number;
};
type Places = { pidFile: string; log: string };

/** Stops the process of this part that an earlier start left running when it was killed. */
export async function replaceLeftover(name: string, { pidFile }: Places): Promise<void> {
  const left = remembered(pidFile);
  if (!left) return;
  say(name, `stopping the one an earlier start left (pid ${left.pid})`);
  await stop(left, "SIGTERM", 3_000);
  forget(pidFile);
}

/** One role as a process, started again with growing pauses when it ends by itself. */
export class Role {
  #process: Identity | undefined;
  #isStopping = false;
  #crashes = 0;
  #logFrom = 0;

  constructor(
    readonly part: Part,
    readonly places: Places,
    /** How long a stop may take before it is forced. */
    readonly patienceMs: number,
  ) {}

  /** Resolves when it does its work for the first time; throws Problem when it keeps failing before that. */
  async start(): Promise<void> {
    for (let attempt = 1; !this.#isStopping; attempt++) {
      const ended = this.#launch();
      const verdict = await Promise.race([ended, this.#ready()]);
      if (this.#isStopping) return;
      if (verdict === "ready") {
        say(this.part.name, this.part.says);
        void ended.then((code) => this.#watch(code, Date.now()));
        return;
      }
      if (this.#process) await stop(this.#process, "SIGKILL");
      if (attempt === 3)
        throw new Problem(
          `The ${this.part.name} does not start${this.#lastWords()}\nThe whole log is ${this.places.log}.`,
        );
      await pause(500 * attempt);
    }
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#process) await stop(this.#process, "SIGTERM", this.patienceMs);
    forget(this.places.pidFile);
  }

  /** Ends the process hard; it is started again like any that crashed. */
  crash(): void {
    if (this.#process) kill(this.#process);
  }

  /** Ends it for good, at once. */
  kill(): void {
    this.#isStopping = true;
    if (this.#process) kill(this.#process);
  }

  #launch(): Promise<string> {
    const { log, pidFile } = this.places;
    this.#logFrom = endOf(log);
    const out = openSync(log, "a");
    // Into a file, not a pipe: it then outlives a killed supervisor. Its own group: Ctrl-C comes to us alone.
    const child = spawn(process.execPath, this.part.args, {
      detached: true,
      stdio: ["ignore", out, out],
      env: environment({ NODE_ENV: "production", ...this.part.environment }),
    });
    closeSync(out);
    this.#process = child.pid === undefined ? undefined : identityOf(child.pid);
    try {
      if (child.pid !== undefined) remember(pidFile, child.pid, { name: this.part.name });
    } catch (error) {
      // It works all the same.
      say(this.part.name, `could not be noted for the next start, which will not find it: ${messageOf(error)}`);
    }
    return new Promise((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code, signal) => resolve(signal ?? `exit ${code}`));
    });
  }

  async #ready(): Promise<"ready" | "late"> {
    const pid = this.#process?.pid ?? 0;
    for (
      const end = Date.now() + (this.part.readyWithinMs ?? 120_000);
      Date.now() < end && !this.#isStopping;
      await pause(100)
    )
      if (await this.part.isReady(pid).catch(() => false)) return "ready";
    return "late";
  }

  async #watch(why: string, since: number): Promise<void> {
    while (!this.#isStopping) {
      // A minute of health forgives earlier crashes.
      this.#crashes = Date.now() - since > 60_000 ? 1 : this.#crashes + 1;
      // Who was killed is missed at once; who ends again and again would only keep the machine busy.
      const wait = this.#crashes === 1 ? 0 : Math.min(500 * 2 ** (this.#crashes - 2), 15_000);
      const said = why.includes("SIGKILL") ? "" : this.#lastWords(); // who is killed says nothing
      say(this.part.name, `stopped (${why}); starting again${wait > 0 ? ` in ${wait / 1000} s` : ""}${said}`);
      await pause(wait);
      if (this.#isStopping) return;
      since = Date.now();
      why = await this.#relaunch();
    }
  }

  /** Why it ended, or could not be started: a full disk, too many open files. The supervisor outlives either, and tries again. */
  async #relaunch(): Promise<string> {
    try {
      const ended = this.#launch();
      void this.#ready().then(
        (verdict) => verdict === "ready" && !this.#isStopping && say(this.part.name, "works again"),
      );
      return await ended;
    } catch (error) {
      return messageOf(error);
    }
  }

  #lastWords(): string {
    // Only what it said last can be why it stopped.
    const last = tailOf(this.places.log, this.#logFrom)
      .split("\n")
      .slice(-LAST_LINES)
      .findLast((line) => /error|fatal|"level":[56]0/i.test(line));
    return last ? `: ${told(last).slice(0, 400)}` : "";
  }
}

const LAST_LINES = 30;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function told(line: string): string {
  try {
    const entry: { msg?: string; err?: { message?: string } } = JSON.parse(line);
    return [entry.msg, entry.err?.message].filter(Boolean).join(": ");
  } catch {
    return line;
  }
}
