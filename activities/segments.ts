import { segmentsConductor, type WorkspaceId } from "@/core/ids";
import type { Conducted, SegmentsArguments } from "@/core/plan/conductor";
import { faultPoint } from "@/platform/fault-points";
import { sleepOff } from "@/services/rings/conductors";
import { hasSegmentWork, nextSegmentChange, segmentsTurn } from "@/services/segments/turn";
import { conductor } from "./conductor";

/** A workspace's segments, until each is as its rule says and nobody's answer is due. */
export async function keepSegments({ workspace: id }: SegmentsArguments): Promise<Conducted> {
  const workspace = id as WorkspaceId;
  const own = segmentsConductor(workspace);
  return conductor(workspace, own, {
    async turn() {
      const turn = await segmentsTurn(workspace);
      if (turn === "moved") faultPoint("segments-turned");
      return turn;
    },
    rest: (chair) =>
      sleepOff(workspace, own, chair, (tx) => hasSegmentWork(tx, workspace), nextSegmentChange(workspace)),
    label: async () => null,
  });
}
