const digitsOf = new Map<string, number>();

/** Decimal places of a currency: 2 for CNY, 0 for JPY, 3 for KWD (ISO 4217). */
export function minorDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  let digits = 2;
  try {
    digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    /* an unknown code has two, like most */
  }
  if (digitsOf.size < 500) digitsOf.set(currency, digits);
  return digits;
}

/** The largest amount of one event, either way, in minor units: ten thousand million yuan. What is beyond it is a mistake, and sums stay exact. */
export const LARGEST_AMOUNT = 1_000_000_000_000;

/**
 * A decimal amount as minor units, exactly: 19.99 → 1999. Undefined when it is no number, has more decimals than the currency, or is
 * too large to be exact. A JSON number is read by its shortest decimal text, which is what the sender wrote.
 */
export function toMinor(value: unknown, currency: string): number | undefined {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  const parts = /^(-?)(\d{1,15})(?:\.(\d*))?$/.exec(text);
  if (!parts) return undefined;
  const [, sign = "", whole = "", decimals = ""] = parts;
  const digits = minorDigits(currency);
  const kept = decimals.replace(/0+$/, "");
  if (kept.length > digits) return undefined;
  const minor = Number(`${whole}${kept.padEnd(digits, "0")}`);
  if (!(minor <= LARGEST_AMOUNT)) return undefined;
  return sign && minor !== 0 ? -minor : minor;
}
