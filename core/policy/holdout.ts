import { z } from "zod";
import { chanceOf } from "../hash";

/** `percent` of members are kept out and observed for `days` from when they would have entered. */
export const Holdout = z.strictObject({
  percent: z.number().min(0).max(50),
  days: z.int().min(1).max(730).default(30),
});
export type Holdout = z.infer<typeof Holdout>;

/**
 * Which holdout keeps a member out of a journey; null when none does. Salts are fixed, so that a member stays in or out over edits,
 * and a larger share keeps those that a smaller one kept. The workspace's holds the same members out of every journey.
 */
export function heldBy(
  member: string,
  { workspace, journey }: { workspace: string; journey: string },
  holdout: { workspace: Holdout | null; journey: Holdout | null },
): Holdout | null {
  const holds = (share: Holdout | null, salt: string) =>
    share && chanceOf(`holdout/${salt}`, member) < share.percent / 100 ? share : null;
  return holds(holdout.workspace, workspace) ?? holds(holdout.journey, journey);
}
