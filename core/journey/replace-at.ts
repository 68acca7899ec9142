/** The same value with another at a path; what lies beside it is shared, not copied. */
export function replaceAt(value: unknown, [step, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, i) => (i === step ? replaceAt(item, rest, by) : item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === step ? replaceAt(one, rest, by) : one]),
  );
}
