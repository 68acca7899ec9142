import { randomBytes } from "node:crypto";

let last = 0;
let counter = 0;

// One call for 256 ids: asking the kernel for 16 bytes each time took a tenth of ingest.
const POOL = 4096;
let pool = randomBytes(POOL);
let used = 0;

/** UUIDv7 (RFC 9562): time-ordered to the millisecond, and within it by a counter, so that new rows land at the index's end. */
export function newId<T extends string = string>(now: number = Date.now()): T {
  if (used + 16 > POOL) {
    pool = randomBytes(POOL);
    used = 0;
  }
  const bytes = pool.subarray(used, (used += 16));
  if (now > last) {
    last = now;
    counter = bytes.readUInt16BE(6) & 0x07ff;
  } else if (++counter > 0x0fff) {
    last++;
    counter = 0;
  }
  bytes.writeUIntBE(last, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as T;
}
