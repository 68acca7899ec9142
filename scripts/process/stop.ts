import { type Identity, isSame } from "./identity";

/** Asks a process to stop, waits, then insists with SIGKILL. Never touches a later process of the same number. */
export async function stop(process_: Identity, signal: NodeJS.Signals = "SIGTERM", patienceMs = 8_000): Promise<void> {
  if (!isSame(process_)) return;
  send(process_, signal);
  if (await isGone(process_, patienceMs)) return;
  send(process_, "SIGKILL");
  await isGone(process_, 2_000);
}

/** Whether the process ended within the time. */
export async function isGone(process_: Identity, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; ; ) {
    if (!isSame(process_)) return true;
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Ends it at once. */
export function kill(process_: Identity, signal: NodeJS.Signals = "SIGKILL"): void {
  if (isSame(process_)) send(process_, signal);
}

function send({ pid }: Identity, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended meanwhile
  }
}
