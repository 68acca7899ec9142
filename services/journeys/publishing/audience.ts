import { z } from "zod";
import type { JourneyId, WorkspaceId } from "@/core/ids";
import { compile } from "@/core/journey/compile";
import { JourneyDocument } from "@/core/journey/document";
import { readDraft } from "@/core/journey/draft";
import type { Entry } from "@/core/plan/entry";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { inTime, sql, type Tx } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { sizeOf } from "../../broadcasts/audience";
import { ruleWhere } from "../../members/where";
import { isBuilding } from "../../segments/is-building";
import { inspectDraft } from "../drafting/inspect-draft";
import { MostCost, mostCost } from "./most-cost";
import { PastEvents, pastEvents } from "./past-events";
import { reachOf } from "./reach";

const JourneyAudience = z.object({
  trigger: z.string().nullable().describe("what the draft's trigger is: broadcast, schedule, segment, inactivity, …"),
  count: z
    .int()
    .nullable()
    .describe(
      "members who match now; those of a date enter when their day comes. null = nobody matches before something happens, or see `isUncounted`",
    ),
  isUncounted: z.boolean().describe("members may match, and counting them takes too long for a look"),
  isSegmentBuilding: z
    .boolean()
    .describe("the trigger's segment is still being built: `count` grows, and publishing takes them once it is done"),
  mayTake: z.boolean().describe("those who match already can be taken at publishing, as settings.existing says"),
  past: PastEvents.nullable().describe("of a trigger that waits for an event: how many came of late"),
  most: MostCost.nullable().describe("what one member's run can cost at most; null = the draft has errors"),
});
export type JourneyAudience = z.infer<typeof JourneyAudience>;

/** Whoever is about to publish waits for the figure. */
const COUNTED_WITHIN_MS = 5_000;

/** Before publishing: whom the draft reaches, as far as that can be told, and what each of them can cost. */
export const journeyAudience = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid().transform((id) => id as JourneyId) }),
  output: JourneyAudience,
  says: "How many members a journey's draft would take when it is published, and what each can cost at most",
  async run({ tx, actor: { workspace }, now }, { journey }): Promise<Outcome<JourneyAudience>> {
    const found = await tx.one<{ document: unknown }>(
      sql`SELECT document FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`,
    );
    if (!found) return refuse("not_found", "no such journey");
    const parsed = JourneyDocument.safeParse(found.document);
    const node = parsed.success ? readDraft(parsed.data).nodes.get(parsed.data.entry) : undefined;
    const entry = node?.kindOf ? node.entryOf : undefined;
    const { document, problems } = await inspectDraft(tx, workspace, found.document, now, journey);
    const isSound = document !== undefined && problems.every(({ severity }) => severity !== "error");
    const count = entry ? await countOf(tx, workspace, entry, now) : null;
    return ok({
      trigger: entry?.on ?? null,
      count: count ?? null,
      isUncounted: count === undefined,
      isSegmentBuilding: entry !== undefined && "segment" in entry && (await isBuilding(tx, workspace, entry.segment)),
      mayTake: entry?.on === "inactivity" || (entry?.on === "segment" && entry.change === "entered"),
      past: entry?.on === "event" ? await pastEvents(tx, workspace, entry, now) : null,
      most: isSound ? await mostCost(tx, workspace, compile(document, { workspace, journey, version: 1 }), now) : null,
    });
  },
});

/** null: there is nobody to be counted. undefined: it takes too long. */
async function countOf(tx: Tx, workspace: WorkspaceId, entry: Entry, now: Date): Promise<number | null | undefined> {
  const reach = reachOf(entry);
  if (!reach) return null;
  const readable = await ruleWhere(tx, workspace, reach.when, now);
  return readable.ok ? inTime(tx, COUNTED_WITHIN_MS, () => sizeOf(tx, workspace, reach, now)) : null;
}
