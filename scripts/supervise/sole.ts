import { config } from "@/platform/config";
import { Problem } from "../embedded/problem";
import { commandOf, type Identity, identityOf, isSame } from "../process/identity";
import { forget, remember, remembered } from "../process/pid-file";
import { stop } from "../process/stop";
import { say } from "./say";

/**
 * Makes this the one supervisor of the data folder; refuses when another one lives. One whose npm was killed is stopped, by
 * itself or by us: nobody could reach it with Ctrl-C any more. Returns what lets go of the folder.
 */
export async function beSole(file: string): Promise<() => void> {
  const other = remembered(file);
  if (other && other.pid !== process.pid) {
    const parent = isIdentity(other.parent) ? other.parent : undefined;
    if (!parent || isSame(parent))
      throw new Problem(
        `Regulars already runs from ${config().REGULARS_HOME} (pid ${other.pid}): ${String(other.url)}\n` +
          "Stop it first (Ctrl-C there), or start with another REGULARS_HOME and other ports.",
      );
    say("start", `stopping the earlier start, whose npm is gone (pid ${other.pid})`);
    await stop(other, "SIGTERM", 12_000);
  }
  const parent = npm();
  remember(file, process.pid, { url: config().PUBLIC_URL, parent });
  if (parent) setInterval(() => isSame(parent) || process.kill(process.pid, "SIGTERM"), 1_000).unref();
  return () => forget(file);
}

/** The npm that runs us, if one does. */
function npm(): Identity | undefined {
  return /(^|[\s/])npm(-cli\.js)?(\s|$)/.test(commandOf(process.ppid)) ? identityOf(process.ppid) : undefined;
}

const isIdentity = (value: unknown): value is Identity =>
  typeof value === "object" && value !== null && "pid" in value && "birth" in value;
