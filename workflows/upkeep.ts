import { ApplicationFailure, continueAsNew, patched, proxyActivities, workflowInfo } from "@temporalio/workflow";
import type * as activities from "../activities/upkeep";
import { type Chore, FIRST_CHORES } from "../core/plan/upkeep";

const { upkeepShare } = proxyActivities<typeof activities>({
  startToCloseTimeout: "10 minutes",
  heartbeatTimeout: "30 seconds",
  retry: { maximumAttempts: 3 },
});

/**
 * Runs by a Schedule, which says what: writes off and forgets what is past its time, a bounded share at a time. A chore that fails waits for the next run,
 * and the others go on; the workflow then fails with its name.
 */
export async function upkeep(chores: readonly Chore[] = FIRST_CHORES, failed: readonly Chore[] = []): Promise<void> {
  if (!patched("a-loop-a-chore")) {
    while ((await upkeepShare()) > 0);
    return;
  }
  const broken = new Set(failed);
  const ended = await Promise.all(
    chores.map(async (chore) => {
      try {
        while ((await upkeepShare(chore)) > 0) if (workflowInfo().continueAsNewSuggested) return [chore];
      } catch {
        broken.add(chore);
      }
      return [];
    }),
  );
  const left = ended.flat();
  if (left.length > 0) await continueAsNew<typeof upkeep>(left, [...broken]);
  if (broken.size > 0) throw ApplicationFailure.nonRetryable(`these chores failed: ${[...broken].join(", ")}`);
}
