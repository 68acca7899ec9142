import { createHmac, timingSafeEqual } from "node:crypto";
import { secrets } from "./config";

/** What a signature is for: one made for a survey does not open an unsubscribe page. Never renamed, as links in old mails hold for ever. */
export type Purpose = "unsubscribe" | "survey" | "coupon" | "place" | "seen";

/** The first `length` bytes of HMAC-SHA256 over a purpose and what it vouches for, keyed by the installation's secret. */
export function signature(purpose: Purpose, parts: readonly (Buffer | string)[], length = 16): Buffer {
  const mac = createHmac("sha256", secrets().links).update(`${purpose} `);
  for (const part of parts) mac.update(part);
  return mac.digest().subarray(0, length);
}

/** Whether a signature is the one we made for exactly this, in a time that tells nothing of where it differs. */
export function isSigned(purpose: Purpose, parts: readonly (Buffer | string)[], given: Buffer, length = 16): boolean {
  return given.length === length && timingSafeEqual(signature(purpose, parts, length), given);
}

/** Bytes and their signature as one word for an address: `<body>.<signature>`, both base64url. */
export const seal = (purpose: Purpose, body: Buffer): string =>
  `${body.toString("base64url")}.${signature(purpose, [body]).toString("base64url")}`;

/** The bytes of a word that `seal` made for this purpose; null for any other text. */
export function unseal(purpose: Purpose, word: string): Buffer | null {
  const [said = "", tag = ""] = word.split(".");
  const body = Buffer.from(said, "base64url");
  // Only the word as it was made: base64url can be written in more ways than one.
  return isSigned(purpose, [body], Buffer.from(tag, "base64url")) && word === seal(purpose, body) ? body : null;
}
