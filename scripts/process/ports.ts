import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { commandOf } from "./identity";

/** Below the ports that systems lend to outgoing connections: one of those could take a chosen port before it is listened on. */
const [LEAST, MOST] = [15_000, 30_000];
const given = new Set<number>();

/** A port nobody listens on now, given to nobody else of this process. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LEAST + Math.floor(Math.random() * (MOST - LEAST));
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
}

/** Whether a port can be listened on, on this machine's own address and on all. */
export async function isFree(port: number): Promise<boolean> {
  for (const host of ["127.0.0.1", "::"]) if ((await listenError(port, host)) === "EADDRINUSE") return false;
  return true;
}

/** One line for a busy port: who holds it and which variable moves ours. */
export function busy(port: number, variable: string): string {
  const holder = holderOf(port);
  const who = holder ? ` by ${holder.name} (pid ${holder.pid})` : "";
  return `Port ${port} is in use${who}. Stop that program, or choose another port: ${variable}=<port> npm start`;
}

function listenError(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** The listening process, when this user may know. */
export function holderOf(port: number): { pid: number; name: string } | undefined {
  const pid = process.platform === "linux" ? holderOnLinux(port) : holderByLsof(port);
  if (!pid) return undefined;
  const name = commandOf(pid).split(" ").slice(0, 3).join(" ");
  return { pid, name: name.length > 60 ? `${name.slice(0, 60)}…` : name || "a process" };
}

function holderOnLinux(port: number): number | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const sockets = new Set<string>();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"])
    for (const line of lines(table)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === "0A" && local?.endsWith(`:${hex}`)) sockets.add(`socket:[${inode}]`);
    }
  if (sockets.size === 0) return undefined;
  for (const pid of entries("/proc"))
    if (/^\d+$/.test(pid))
      for (const fd of entries(`/proc/${pid}/fd`)) if (sockets.has(link(`/proc/${pid}/fd/${fd}`))) return Number(pid);
  return undefined;
}

function holderByLsof(port: number): number | undefined {
  try {
    const out = execFileSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-t"], { encoding: "utf8" });
    return Number(out.split("\n")[0]) || undefined;
  } catch {
    return undefined;
  }
}

const quietly = <T>(read: () => T, otherwise: T): T => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};
const lines = (file: string) => quietly(() => readFileSync(file, "utf8").split("\n"), []);
const entries = (folder: string) => quietly(() => readdirSync(folder), []);
const link = (file: string) => quietly(() => readlinkSync(file), "");
