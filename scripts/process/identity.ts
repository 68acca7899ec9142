import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process that cannot be confused with a later one of the same number: `birth` differs. */
export type Identity = { pid: number; birth: string };

/** The identity of a running process, or undefined when there is none. */
export function identityOf(pid: number): Identity | undefined {
  if (!isRunning(pid)) return undefined;
  const birth = process.platform === "linux" ? birthOnLinux(pid) : ps(pid, "lstart=");
  return birth ? { pid, birth } : undefined;
}

/** Whether this very process still runs. */
export const isSame = (identity: Identity): boolean => identityOf(identity.pid)?.birth === identity.birth;

/** The command line, "" when unknown. */
export function commandOf(pid: number): string {
  if (process.platform !== "linux") return ps(pid, "command=");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function birthOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in brackets, may hold spaces; state is the 3rd field and start time (ticks since boot) the 22nd.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z") return undefined;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
