import { type JourneyId, journeyConductor, type WorkspaceId } from "@/core/ids";
import type { Conducted, JourneyArguments, Label } from "@/core/plan/conductor";
import { hasWork, isOver, nextDue, type Shard } from "@/services/engine/claim";
import { journeyLabel } from "@/services/journeys/drafting/label";
import { holdJourney } from "@/services/plans/hold";
import { announceSoon } from "@/services/rings/announce-soon";
import { sleepOff } from "@/services/rings/conductors";
import { conductor } from "./conductor";
import { Dues } from "./dues";
import { isLabelled } from "./labels";
import { Turns } from "./turns";

export async function conduct({ workspace, journey, shard: number }: JourneyArguments): Promise<Conducted> {
  const shard: Shard = { workspace: workspace as WorkspaceId, journey: journey as JourneyId, shard: number };
  const id = journeyConductor(shard.journey, shard.shard);
  const turns = new Turns(shard);
  const dues = new Dues(shard);
  return conductor(shard.workspace, id, {
    async turn() {
      const turn = await dues.after(await turns.next());
      if (turn === "moved") announceSoon(shard.workspace, `journey:${shard.journey}`);
      return turn === "look again" ? "moved" : turn;
    },
    isOver: (tx) => {
      holdJourney(tx, shard.journey);
      return isOver(tx, shard);
    },
    rest: (chair) => sleepOff(shard.workspace, id, chair, (tx) => hasWork(tx, shard), nextDue(shard)),
    isCrowded: () => turns.isCrowded,
    label: async (): Promise<Label> => (isLabelled() ? journeyLabel(shard.workspace, shard.journey) : null),
  });
}
