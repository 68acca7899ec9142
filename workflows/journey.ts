import { proxyActivities, setCurrentDetails } from "@temporalio/workflow";
import type * as activities from "../activities/journey";
import type { JourneyArguments } from "../core/plan/conductor";
import { conducting, LASTING } from "./conducting";

const { conduct } = proxyActivities<typeof activities>(LASTING);

/** One shard of a published journey: `journey/<id>/<shard>`. Members' positions are in the ledger; this is their clock. */
export async function journey(args: JourneyArguments): Promise<void> {
  await conducting(args, async () => {
    const conducted = await conduct(args);
    if (conducted.label)
      setCurrentDetails(`**${conducted.label.name}** · v${conducted.label.version} · ${conducted.label.state}`);
    return conducted;
  });
}
