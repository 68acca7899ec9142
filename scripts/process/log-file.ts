import {
  closeSync,
  copyFileSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  truncateSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** A log past this is put aside; the one before it is dropped. */
const MOST_BYTES = 20 * 2 ** 20;
const LOOK_MS = 60_000;
/** What a process said last is looked for in so much. */
const TAIL_BYTES = 64 * 2 ** 10;

/** How long a log is now: what comes behind it is news. */
export function endOf(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The end of what was logged since the file was this long, read without the rest; "" of a log that is gone. */
export function tailOf(file: string, from: number): string {
  let log: number | undefined;
  try {
    log = openSync(file, "r");
    const { size } = fstatSync(log);
    // It was put aside meanwhile: all of it is news.
    const begin = Math.max(from > size ? 0 : from, size - TAIL_BYTES);
    const bytes = Buffer.alloc(size - begin);
    const read = readSync(log, bytes, 0, bytes.length, begin);
    return bytes.subarray(0, read).toString().trim();
  } catch {
    return "";
  } finally {
    if (log !== undefined) closeSync(log);
  }
}

/**
 * Keeps a folder's logs short while they are written: each that has grown past `most` bytes is copied beside itself and emptied. Writers append, so
 * they go on at its new end; lines written in between are lost.
 */
export function shorten(folder: string, most = MOST_BYTES): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (!name.endsWith(".log") || statSync(file).size <= most) continue;
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  }
}

/** Shortens a folder's logs each minute, until the process ends. */
export function keepShort(folder: string, failed: (error: unknown) => void): void {
  setInterval(() => {
    try {
      shorten(folder);
    } catch (error) {
      failed(error);
    }
  }, LOOK_MS).unref();
}
