import { chownSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Postgres refuses to run as root: as root it runs as "nobody" instead, else as we do. */
export const servant: { uid: number; gid: number } | undefined =
  process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;

/** Whether the servant can reach this folder: every folder above it lets others through. */
export function isReachable(folder: string): boolean {
  if (!servant) return true;
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid } = statSync(at);
    if (uid !== servant.uid && (mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** Gives a file or folder to the servant. */
export function give(path: string): void {
  if (servant) chownSync(path, servant.uid, servant.gid);
}
