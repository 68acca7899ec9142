import type { Entry } from "@/core/plan/entry";
import type { Rule } from "@/core/rules/rule";
import type { Reach } from "../../broadcasts/open";

/** The members that match a draft's trigger before anything happens; undefined where it waits for something that nobody can foresee. */
export function reachOf(entry: Entry): Reach | undefined {
  const { event, when } = entry;
  switch (entry.on) {
    case "broadcast":
    case "schedule":
      return entry.segment === undefined ? { event, when } : { event, when, segment: entry.segment };
    case "segment":
      return entry.segment ? { event, when, segment: entry.segment } : undefined;
    case "inactivity":
      return { event, when: { all: [silentFor(LAST[entry.of], entry.days), when] } };
    case "date":
      return {
        event,
        when: "field" in entry.date ? { all: [{ field: entry.date.field, is: "exists" }, when] } : when,
      };
    case "event":
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
