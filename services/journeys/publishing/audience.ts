import { z } from "zod";
import { JourneyDocument } from "@/core/journey/document";
import { readDraft } from "@/core/journey/draft";
import type { Entry } from "@/core/plan/entry";
import { type Outcome, ok, refuse } from "@/core/refusals";
import type { Rule } from "@/core/rules/rule";
import { sql } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { sizeOf } from "../../broadcasts/audience";
import type { Reach } from "../../broadcasts/open";
import { ruleWhere } from "../../members/where";

const Audience = z.object({
  trigger: z.string().nullable().describe("what the draft's trigger is: broadcast, schedule, segment, inactivity, …"),
  count: z.int().nullable().describe("members whom it takes now; null = nobody matches before something happens"),
});
type Audience = z.infer<typeof Audience>;

/** Before publishing: whom a broadcast reaches, or who matches a segment or inactivity trigger already. */
export const journeyAudience = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid() }),
  output: Audience,
  says: "How many members a journey's draft would take when it is published",
  async run({ tx, actor: { workspace }, now }, { journey }): Promise<Outcome<Audience>> {
    const found = await tx.one<{ document: unknown }>(
      sql`SELECT document FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`,
    );
    if (!found) return refuse("not_found", "no such journey");
    const parsed = JourneyDocument.safeParse(found.document);
    const node = parsed.success ? readDraft(parsed.data).nodes.get(parsed.data.entry) : undefined;
    const entry = node?.kindOf ? node.entryOf : undefined;
    const reach = entry && reachOf(entry);
    if (!reach) return ok({ trigger: entry?.on ?? null, count: null });
    const readable = await ruleWhere(tx, workspace, reach.when, now);
    return ok({ trigger: entry.on, count: readable.ok ? await sizeOf(tx, workspace, reach, now) : null });
  },
});

function reachOf(entry: Entry): Reach | undefined {
  const { event, when } = entry;
  switch (entry.on) {
    case "broadcast":
    case "schedule":
      return entry.segment === undefined ? { event, when } : { event, when, segment: entry.segment };
    case "segment":
      return entry.change === "entered" && entry.segment ? { event, when, segment: entry.segment } : undefined;
    case "inactivity":
      return { event, when: { all: [silentFor(LAST[entry.of], entry.days), when] } };
    case "event":
    case "date":
    case "call":
      return undefined;
    default:
      return entry satisfies never;
  }
}

const LAST = {
  visit: "member.last_visit_at",
  purchase: "member.last_order_at",
  activity: "member.last_seen_at",
} as const;

/** Those who never did it count from joining. */
const silentFor = (field: string, days: number): Rule => ({
  any: [
    { field, is: "not_within_days", value: days },
    {
      all: [
        { field, is: "not_exists" },
        { field: "member.joined_at", is: "not_within_days", value: days },
      ],
    },
  ],
});
