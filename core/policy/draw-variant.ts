import { chanceOf } from "../hash";

/**
 * The variant a member draws of an experiment, by weight: the same for the same member and variants, and another draw, independent
 * of the former, once a variant comes or goes (else all who lose theirs would draw the same one). Throws for no variants.
 */
export function drawVariant(
  experiment: string,
  member: string,
  variants: readonly { port: string; weight: number }[],
): string {
  const all = variants.reduce((sum, { weight }) => sum + weight, 0);
  const salt = [experiment, ...variants.map(({ port }) => port).sort()].join("/");
  let left = chanceOf(salt, member) * all;
  for (const { port, weight } of variants) {
    left -= weight;
    if (left < 0) return port;
  }
  const last = variants.at(-1);
  if (!last) throw new Error(`experiment ${experiment} has no variants`);
  return last.port;
}
