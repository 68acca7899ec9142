import { type JourneyId, journeyConductor, type WorkspaceId } from "@/core/ids";
import type { Conducted, JourneyArguments, Label } from "@/core/plan/conductor";
import { hasWork, nextDue, type Shard, START } from "@/services/engine/claim";
import { conduct as conductTurn } from "@/services/engine/conduct";
import { journeyLabel } from "@/services/journeys/label";
import { announceSoon } from "@/services/rings/announce-soon";
import { sleepOff } from "@/services/rings/conductors";
import { conductor } from "./conductor";
import { isLabelled } from "./labels";

/** A turn's size: small enough that an event waits at most about 50 ms behind it. A fifth is kept for bulk work. */
const MOST = 500;
const LEAST = 50;
const SLOW_MS = 100;

export async function conduct({ workspace, journey, shard: number }: JourneyArguments): Promise<Conducted> {
  const shard: Shard = { workspace: workspace as WorkspaceId, journey: journey as JourneyId, shard: number };
  const id = journeyConductor(shard.journey, shard.shard);
  let cursor = START;
  let size = MOST;
  return conductor(shard.workspace, id, {
    async turn() {
      const began = performance.now();
      const turn = await conductTurn(shard, cursor, { hot: Math.ceil(size * 0.8), bulk: Math.ceil(size * 0.2) });
      if (turn.is === "over") return "over";
      // Orders are given before they commit, so one may lie behind the cursor: an empty look from a cursor looks once more from the start.
      const looksAgain = turn.is === "idle" && cursor !== START;
      cursor = turn.is === "idle" ? START : turn.cursor;
      if (turn.is === "moved") announceSoon(shard.workspace, `journey:${shard.journey}`);
      if (turn.is === "moved")
        size = performance.now() - began > SLOW_MS ? Math.max(LEAST, size >> 1) : Math.min(MOST, size + LEAST);
      return turn.is === "moved" || looksAgain ? "moved" : "idle";
    },
    rest: (holder) => sleepOff(shard.workspace, id, holder, (tx) => hasWork(tx, shard), nextDue(shard)),
    label: async (): Promise<Label> => (isLabelled() ? journeyLabel(shard.workspace, shard.journey) : null),
  });
}
