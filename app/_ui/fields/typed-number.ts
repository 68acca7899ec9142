/**
 * What stands in a number's field, which tells it as a text while its writing is not the number's own (9.90, 0.0); undefined when there is none,
 * or not yet more of it than a sign.
 */
export function typedNumber(typed: string | number): number | undefined {
  const number = typed === "" ? Number.NaN : Number(typed);
  return Number.isFinite(number) ? number : undefined;
}
