import { isOfRounds } from "@/core/plan/plan";
import { counter } from "@/platform/metrics";
import { pauseItself } from "../journeys/operating/pause-itself";
import type { Shard } from "./claim";

/** Of the runs moved lately, more than a fifth failed, and more than a few: the drawing is at fault, and each further member would fail too. */
const SHARE = 0.2;
const FEW = 5;
/** Old runs count half, then a quarter …: what matters is how it goes now. */
const LATELY = 200;
const failures = counter("runs_failed_total", "Runs that failed and stand where they failed");
const lately = new Map<string, { moved: number; failed: number }>();

/**
 * Counts how a journey's runs fare in this worker, and pauses the journey when too many fail; `reasons`: why, one a run that failed. Who has gone
 * round as often as the journey allows says nothing against the drawing.
 */
export async function heed(
  { workspace, journey }: Pick<Shard, "workspace" | "journey">,
  moved: number,
  reasons: readonly string[],
): Promise<void> {
  const faults = reasons.filter((reason) => !isOfRounds(reason));
  const failed = faults.length;
  failures.inc(failed);
  const known = lately.get(journey);
  if (!known && failed === 0) return;
  const count = known ?? { moved: 0, failed: 0 };
  count.moved += moved;
  count.failed += failed;
  lately.set(journey, count);
  if (failed > 0 && count.failed > FEW && count.failed > count.moved * SHARE) {
    const [some, all] = [Math.round(count.failed), Math.round(count.moved)];
    await pauseItself(workspace, journey, `${some} of the last ${all} runs failed: ${faults.at(-1)}`);
    lately.delete(journey);
  } else if (count.moved > LATELY) {
    lately.set(journey, { moved: count.moved / 2, failed: count.failed / 2 });
    if (count.failed < 1) lately.delete(journey);
  }
}
