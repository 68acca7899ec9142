import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Identity, identityOf, isSame } from "./identity";

/** Remembers which process plays a part, so that the next start can adopt or replace it. */
export function remember<T extends object>(file: string, pid: number, more: T): void {
  const identity = identityOf(pid);
  if (!identity) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify({ ...identity, ...more })}\n`);
  renameSync(`${file}.new`, file);
}

/** The remembered process if that very one still runs; a stale file is removed. */
export function remembered(file: string): (Identity & Record<string, unknown>) | undefined {
  try {
    const note: Identity & Record<string, unknown> = JSON.parse(readFileSync(file, "utf8"));
    if (typeof note.pid === "number" && typeof note.birth === "string" && isSame(note)) return note;
  } catch {
    // absent or cut short by a crash: nobody is remembered
  }
  forget(file);
  return undefined;
}

export const forget = (file: string): void => rmSync(file, { force: true });
