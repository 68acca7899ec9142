import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { type Outcome, refuse } from "@/core/refusals";
import { signature } from "../../access/actor";
import { useCase } from "../../access/use-case";
import { isApprovalNeeded } from "../approval/is-needed";
import { settleRequests } from "../approval/settle";
import { JourneyView, Revision } from "../journey-view";
import { Words } from "./comment";
import { Moves } from "./fates";
import { publishDraft } from "./publish-draft";

const PublishJourney = z.strictObject({
  journey: z.uuid().transform((id) => id as JourneyId),
  revision: Revision.optional().describe("publish only if the draft is still this one"),
  moves: Moves.default({}),
  note: Words.optional().describe("why; the version's first comment"),
});

/** Publishes at once, where the workspace does not ask for a second person first. */
export const publishJourney = useCase({
  may: "journey.publish",
  input: PublishJourney,
  output: JourneyView,
  audit: "journey.published",
  // People know versions; which save of the draft it was is nobody's to read.
  records: ({ revision: _, ...wanted }, { version }: JourneyView) => ({ ...wanted, version }),
  says: "Publish a journey's draft; one that is live already, with moves that were not what its publish did, is refused (409 conflict)",
  async run(call, wanted): Promise<Outcome<JourneyView>> {
    if (await isApprovalNeeded(call.tx, call.actor))
      return refuse(
        "needs_approval",
        "this workspace asks for a second person: POST /journeys/:journey/publish-requests, and somebody else who may approve decides",
      );
    const published = await publishDraft(call, wanted);
    if (!published.ok) return published;
    const { revision, version } = published.value;
    const settled = { journey: wanted.journey, revision, version, by: signature(call.actor) };
    await settleRequests(call.tx, call.actor.workspace, settled, call.now);
    return published;
  },
});
