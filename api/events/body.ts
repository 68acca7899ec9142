import { isUtf8 } from "node:buffer";
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { type Outcome, ok, refuse } from "@/core/refusals";

/** A batch's limit and one event's, in bytes after unpacking; Segment's own. */
export const BATCH_LIMIT = 500 * 1024;
export const EVENT_LIMIT = 32 * 1024;

/** The JSON that came in, whatever its content-type says; unpacked when it was packed. */
export function readBody(raw: unknown, encoding: string | undefined): Outcome<unknown> {
  if (!Buffer.isBuffer(raw) || raw.length === 0) return refuse("invalid", "the body should be JSON", []);
  const unpacked = unpack(raw, encoding?.trim().toLowerCase());
  if (!unpacked.ok) return unpacked;
  if (unpacked.value.length > BATCH_LIMIT) return tooLarge();
  // Read all the same, different names in GBK would become one and the same row of replacement marks.
  if (!isUtf8(unpacked.value)) return refuse("invalid", "the body should be UTF-8", []);
  try {
    return ok(wellFormed(unpacked.value.toString("utf8").replace(BYTE_ORDER_MARK, "")));
  } catch {
    return refuse("invalid", "the body should be JSON", []);
  }
}

/** What bodies may be packed with, as Accept-Encoding tells a client whose packing is not taken (RFC 9110, 12.5.3). */
export const ENCODINGS = "gzip, deflate, br";
/** What says nothing, or says gzip of a body that is not packed after all. */
const PLAIN: ReadonlySet<string> = new Set(["", "identity", "gzip", "x-gzip"]);

/** Some libraries begin UTF-8 with it, though JSON has none (RFC 8259, 8.1). */
const BYTE_ORDER_MARK = /^\ufeff/;

export const tooLarge = () => refuse("too_large", `a request should be at most ${BATCH_LIMIT / 1024} KB`, []);

function unpack(raw: Buffer, encoding: string | undefined): Outcome<Buffer> {
  // Some clients pack without saying so: gzip begins with 1f 8b, which no JSON does.
  const isGzip = raw[0] === 0x1f && raw[1] === 0x8b;
  // One byte more than allowed is enough to know; a packed bomb is never unpacked whole.
  const options = { maxOutputLength: BATCH_LIMIT + 1 };
  try {
    if (isGzip) return ok(gunzipSync(raw, options));
    // With the header of zlib, as HTTP has it, or bare, as some clients mean it (RFC 9110, 8.4.1.2).
    if (encoding === "deflate")
      return ok(hasZlibHeader(raw) ? inflateSync(raw, options) : inflateRawSync(raw, options));
    if (encoding === "br") return ok(brotliDecompressSync(raw, options));
    if (encoding === undefined || PLAIN.has(encoding)) return ok(raw);
    return refuse("wrong_content_type", `Content-Encoding should be one of ${ENCODINGS}`, ["Content-Encoding"]);
  } catch (error) {
    return error instanceof RangeError
      ? tooLarge()
      : refuse("invalid", `the body cannot be unpacked as ${encoding ?? "gzip"}`, []);
  }
}

const hasZlibHeader = (raw: Buffer): boolean =>
  raw.length > 1 && ((raw[0] ?? 0) & 0x0f) === 8 && raw.readUInt16BE(0) % 31 === 0;

/** Postgres holds no NUL and no half of a surrogate pair in JSON; both become U+FFFD. */
function wellFormed(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return (text.includes("\\u") || text.includes("\0")) && /\\u0000|\\ud[89a-f]|\0/i.test(text) ? mend(value) : value;
}

const UNSTORABLE = /\p{Surrogate}|\0/gu;

function mend(value: unknown): unknown {
  if (typeof value === "string") return value.replace(UNSTORABLE, "\ufffd");
  if (Array.isArray(value)) return value.map(mend);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.replace(UNSTORABLE, "\ufffd"), mend(one)]));
}
