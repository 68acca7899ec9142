import { z } from "zod";
import { chanceOf } from "../hash";

/** `percent` of members are kept out and observed for `days` from when they would have entered. */
export const Holdout = z.strictObject({
  percent: z.number().min(0).max(50),
  days: z.int().min(1).max(730).default(30),
});
export type Holdout = z.infer<typeof Holdout>;

/** On which side of a comparison a member is, drawn when a holdout first met them. `percent`: its share then, null where that is not known; `at`: epoch milliseconds. */
export type Arm = { isHeld: boolean; percent: number | null; at: number };

/** One of the workspace's holdout, one of a journey's; null: none. */
export type Both<T> = { workspace: T | null; journey: T | null };
export const NO_ARMS: Both<Arm> = { workspace: null, journey: null };

/** Whether a share keeps anybody out: 0 ends a holdout. */
export const isMeasuring = (holdout: Holdout | null | undefined): holdout is Holdout => (holdout?.percent ?? 0) > 0;

/**
 * Which holdout keeps a member out who enters now (`held`; null when none does), and the arms that they are in from now on: those they had
 * (`before`), whatever the shares have become, else drawn by the share of today. While nothing is measured nobody is kept out and nobody is drawn.
 * Whom the workspace's keeps out of every journey is not exposed to the journey's own. Salts are fixed: among members who are new, a larger share
 * keeps those whom a smaller one would.
 */
export function expose(
  member: string,
  ids: { workspace: string; journey: string },
  holdouts: Both<Holdout>,
  before: Both<Arm>,
  now: number,
): { held: Holdout | null; arms: Both<Arm> } {
  const armOf = (holdout: Holdout | null, known: Arm | null, salt: string): Arm | null =>
    isMeasuring(holdout)
      ? (known ?? {
          isHeld: chanceOf(`holdout/${salt}`, member) < holdout.percent / 100,
          percent: holdout.percent,
          at: now,
        })
      : null;
  const workspace = armOf(holdouts.workspace, before.workspace, ids.workspace);
  if (workspace?.isHeld) return { held: holdouts.workspace, arms: { workspace, journey: null } };
  const journey = armOf(holdouts.journey, before.journey, ids.journey);
  return { held: journey?.isHeld ? holdouts.journey : null, arms: { workspace, journey } };
}
