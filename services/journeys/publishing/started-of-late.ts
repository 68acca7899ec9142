import { z } from "zod";
import { EventName } from "@/core/journey/parts/event-name";
import { type Outcome, ok } from "@/core/refusals";
import { Rule } from "@/core/rules/schema";
import { inTime } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { PastEvents, pastEvents } from "./past-events";

const StartedOfLate = z.object({ past: PastEvents.nullable().describe("null = telling it takes too long for a look") });

/** Of each statement: whoever writes the rule looks at the figure between two words. */
const TOLD_WITHIN_MS = 500;

/** While a trigger's rule is written: how many events of late would have started its journey. */
export const startedOfLate = useCase({
  may: "journey.read",
  input: z.strictObject({ event: EventName, when: Rule }),
  output: StartedOfLate,
  says: "How many events of the last 30 days would have started a journey with this trigger, and of how many members",
  async run({ tx, actor: { workspace }, now }, trigger): Promise<Outcome<z.infer<typeof StartedOfLate>>> {
    return ok({ past: (await inTime(tx, TOLD_WITHIN_MS, () => pastEvents(tx, workspace, trigger, now))) ?? null });
  },
});
