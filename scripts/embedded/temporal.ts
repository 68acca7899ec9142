import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Connection } from "@temporalio/client";
import { searchAttributes } from "@/platform/temporal";
import { commandOf, type Identity, identityOf } from "../process/identity";
import { endOf, tailOf } from "../process/log-file";
import { busy, freePort, holderOf, isFree } from "../process/ports";
import { stop } from "../process/stop";
import { Problem, Stopped } from "./problem";
import { temporalBinary } from "./temporal-binary";

export type Options = {
  /** Where its file lies. Losing it loses nothing: conductors are rebuilt from the ledger. */
  folder: string;
  cache: string;
  log: string;
  port: number;
  /** Without it, no UI. */
  uiPort?: number;
  namespace: string;
  say(line: string): void;
  /** Aborted when nobody waits for the start any more: it then ends, and leaves no process behind. */
  ending?: AbortSignal;
};
export type Temporal = Identity & { isAdopted: boolean; address: string; stop(): Promise<void> };

/** Starts the Temporal dev server on a file that survives restarts, or adopts the one a killed start left. */
export async function startTemporal(options: Options): Promise<Temporal> {
  const file = join(options.folder, "temporal.db");
  const left = await leftover(file, options);
  if (left) return running(left, options, true);
  for (const [port, variable] of [
    [options.port, "TEMPORAL_PORT"],
    [options.uiPort, "TEMPORAL_UI_PORT"],
  ] as const)
    if (port && !(await isFree(port))) throw new Problem(busy(port, variable));
  const program = await temporalBinary(options.cache, options.say, options.ending);
  mkdirSync(options.folder, { recursive: true });
  const first = await launch(program, file, options);
  if (first.ok) return running(first.identity, options, false);
  if (existsSync(file) && isDamaged(first.reason)) {
    const aside = `${file}.damaged-${Date.now()}`;
    for (const part of ["", "-wal", "-shm"]) if (existsSync(file + part)) renameSync(file + part, aside + part);
    options.say(`Temporal's file was damaged: it is now ${aside}, and a new one is filled from the database`);
    const second = await launch(program, file, options);
    if (second.ok) return running(second.identity, options, false);
  }
  throw new Problem(
    `The Temporal server does not start: ${first.reason}\nThe whole log is ${options.log}. Should its file be the trouble, move ${file} away: a new one is filled from the database.`,
  );
}

/** What SQLite says of a file that is not its own or was torn; a full disk, a busy machine or an unknown flag is none of the file's fault. */
export const isDamaged = (reason: string): boolean => /malformed|not a database|corrupt|disk image/i.test(reason);

async function running(server: Identity, { port }: Options, isAdopted: boolean): Promise<Temporal> {
  return { ...server, isAdopted, address: `127.0.0.1:${port}`, stop: () => stop(server, "SIGTERM", 4_000) };
}

/** Our server on the same ports, if it answers. One on our file but on other ports is stopped: the file has one user. */
async function leftover(file: string, options: Options): Promise<Identity | undefined> {
  const holder = holderOf(options.port);
  const note = join(options.folder, "temporal.pid");
  const pids = [holder?.pid, existsSync(note) ? Number(readFileSync(note, "utf8")) : undefined];
  for (const pid of new Set(pids)) {
    const identity = pid ? identityOf(pid) : undefined;
    if (!identity) continue;
    const command = commandOf(identity.pid);
    if (!command.includes(file)) continue;
    const isSameUi = options.uiPort === undefined || command.includes(`--ui-port ${options.uiPort}`);
    if (identity.pid === holder?.pid && isSameUi && (await answers(options, 3_000))) return identity;
    await stop(identity, "SIGTERM", 4_000);
  }
  return undefined;
}

/** A machine that starts everything at once takes a while. */
const PATIENCE_MS = 90_000;

type Launched = { ok: true; identity: Identity } | { ok: false; reason: string };

async function launch(program: string, file: string, options: Options): Promise<Launched> {
  const { port, uiPort, namespace, log } = options;
  const args = ["server", "start-dev", "--ip", "127.0.0.1", "--port", String(port), "--namespace", namespace];
  args.push(
    "--db-filename",
    file,
    "--sqlite-pragma",
    "journal_mode=wal",
    "--log-format",
    "json",
    "--log-level",
    "error",
  );
  // A frozen worker's polls stay open, and each swallows a task until its time-out: its connection is closed when it answers no ping (default: 80 s).
  for (const setting of ['frontend.keepAliveTime="2s"', 'frontend.keepAliveTimeout="3s"'])
    args.push("--dynamic-config-value", setting);
  args.push("--metrics-port", String(await freePort()));
  args.push(...(uiPort ? ["--ui-port", String(uiPort)] : ["--headless"]));
  for (const [name, type] of Object.entries(searchAttributes)) args.push("--search-attribute", `${name}=${type}`);
  if (options.ending?.aborted) throw new Stopped();
  const from = endOf(log);
  const out = openSync(log, "a");
  const child = spawn(program, args, { detached: true, stdio: ["ignore", out, out] });
  closeSync(out);
  const failed = new Promise<"failed">((resolve) =>
    child.once("exit", () => resolve("failed")).once("error", () => resolve("failed")),
  );
  child.unref();
  const giveUp = () => child.kill("SIGKILL");
  options.ending?.addEventListener("abort", giveUp);
  const identity = child.pid === undefined ? undefined : identityOf(child.pid);
  if (identity) writeFileSync(join(options.folder, "temporal.pid"), String(identity.pid));
  const verdict = await Promise.race([failed, answers(options, PATIENCE_MS)]);
  options.ending?.removeEventListener("abort", giveUp);
  if (options.ending?.aborted) throw new Stopped();
  if (identity && verdict === true) return { ok: true, identity };
  if (identity) await stop(identity, "SIGKILL");
  const text = tailOf(log, from);
  const lines = text.split("\n");
  const telling = lines.find(isDamaged) ?? lines.at(-1);
  const silence = verdict === false ? `it did not answer within ${PATIENCE_MS / 1000} s` : "it ended without a word";
  return { ok: false, reason: telling?.slice(0, 400) || silence };
}

async function answers({ port, namespace }: Options, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await pause(100)) {
    const connection = await Connection.connect({
      address: `127.0.0.1:${port}`,
      connectTimeout: "2s",
      channelArgs: { "grpc.enable_http_proxy": 0 },
    }).catch(() => undefined);
    if (!connection) continue;
    try {
      await connection.workflowService.describeNamespace({ namespace });
      return true;
    } catch {
      // it listens, and is still setting up
    } finally {
      await connection.close();
    }
  }
  return false;
}
