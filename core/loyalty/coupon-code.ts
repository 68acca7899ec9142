/** Crockford's base 32: no I, L, O or U, so that a code survives being read out and written down. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;
/** Random bytes one code needs: 11 characters of 5 bits each, 55 bits in all. */
export const CODE_BYTES = LENGTH - 1;

/** A code of 12 characters from 11 random bytes; the last character checks the others. */
export function couponCode(bytes: Uint8Array): string {
  const digits = Array.from(bytes.subarray(0, CODE_BYTES), (byte) => byte & 31);
  return [...digits, check(digits)].map((d) => ALPHABET[d]).join("");
}

/**
 * As typed, pasted or scanned: spaces, dashes of any kind, marks that nobody sees, width (a Chinese keyboard's Ａ and １) and case do not count; O is 0, I
 * and L are 1.
 */
export const normalCode = (typed: string): string =>
  typed
    .normalize("NFKC")
    .replace(/[\s\p{Dash}\p{Cf}]/gu, "")
    .toUpperCase()
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");

/** False: surely mistyped, without asking the database. */
export function isCode(code: string): boolean {
  const digits = [...code].map((c) => ALPHABET.indexOf(c));
  return digits.length === LENGTH && !digits.includes(-1) && check(digits.slice(0, -1)) === digits.at(-1);
}

/** Σ αⁱ·dᵢ over GF(2⁵), α a primitive element (x⁵+x²+1): finds every single wrong character and every swap of two. */
function check(digits: readonly number[]): number {
  let sum = 0;
  for (const digit of digits) sum = timesAlpha(sum ^ digit);
  return sum;
}
const timesAlpha = (n: number): number => (n & 16 ? ((n << 1) ^ 0b100101) & 31 : n << 1);
