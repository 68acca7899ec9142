import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { signature } from "../../access/actor";
import { can } from "../../access/may";
import { useCase } from "../../access/use-case";
import { isApprovalNeeded } from "./is-needed";
import { RequestState, RequestView, readRequests } from "./request";

export const ApprovalView = z.object({
  isNeeded: z.boolean().describe("whether the caller's publish waits for a second person"),
  request: RequestView.nullable().describe("the latest of this journey"),
  isMine: z.boolean(),
  mayDecide: z.boolean().describe("it is open, the caller may approve, and is not who asked"),
});
export type ApprovalView = z.infer<typeof ApprovalView>;

/** Whether publishing this journey waits for somebody, and for whom. */
export const readApproval = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid() }),
  output: ApprovalView,
  says: "Whether publishing a journey needs a second person, and what was asked last",
  async run({ tx, actor }, { journey }) {
    const { workspace } = actor;
    const found = await tx.one(sql`SELECT 1 FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`);
    if (!found) return refuse("not_found", "no such journey");
    const [request] = await readRequests(tx, workspace, sql`r.journey_id = ${journey}`, 1);
    const isMine = request?.askedBy === signature(actor);
    return ok<ApprovalView>({
      isNeeded: await isApprovalNeeded(tx, actor),
      request: request ?? null,
      isMine,
      mayDecide: request?.state === "open" && !isMine && actor.as === "user" && can(actor, "journey.approve"),
    });
  },
});

/** What waits for approval, for whoever may give it; the newest hundred. */
export const listPublishRequests = useCase({
  may: "journey.read",
  input: z.object({ state: RequestState.default("open") }),
  output: z.object({ items: z.array(RequestView) }),
  says: "Requests to publish, the newest first",
  async run({ tx, actor: { workspace } }, { state }) {
    return ok({ items: await readRequests(tx, workspace, sql`r.state = ${state}`, 100) });
  },
});
