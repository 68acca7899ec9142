import { malformed } from "@/core/issues";
import { type Outcome, ok } from "@/core/refusals";
import { unknownName } from "../access/unknown-name";
import type { UseCase } from "../access/use-case";
import { listAudit } from "../audit/list";
import { listDeadLetters } from "../debugger/dead-letters";
import { listEvents } from "../debugger/list";
import { listJourneys } from "../journeys/list";
import { listMembers } from "../members/list";
import { listCoupons } from "../offers/coupons";
import { listOffers } from "../offers/list";
import { listRedemptions } from "../offers/redeeming/redemptions";
import { listRuns } from "../runs/list";
import { listMessages } from "../runs/messages";
import { listSegments } from "../segments/segments";
import { listTasks } from "../tasks/list";
import { listStores } from "../workspaces/stores";
import type { Screen } from "./view";

/** Each screen's list: what it takes is what a view of it may keep. */
const inputs = {
  journeys: listJourneys.input,
  members: listMembers.input,
  messages: listMessages.input,
  runs: listRuns.input,
  audit: listAudit.input,
  events: listEvents.input,
  letters: listDeadLetters.input,
  offers: listOffers.input,
  coupons: listCoupons.input,
  redemptions: listRedemptions.input,
  segments: listSegments.input,
  tasks: listTasks.input,
  stores: listStores.input,
} satisfies Record<Screen, UseCase["input"]>;
const FILTER = { en: "filter", "zh-CN": "筛选条件" };

/** Refuses filters that the list would not take: a view that misspells one would show everything. */
export function fitting(screen: Screen, filters: Record<string, string>): Outcome<null> {
  const { cursor: _, limit: __, ...shape } = inputs[screen].shape;
  const strange = Object.keys(filters).find((name) => !Object.hasOwn(shape, name));
  if (strange !== undefined) {
    const refused = unknownName(strange, Object.keys(shape), FILTER);
    return refused.ok ? refused : { ...refused, path: ["filters", strange] };
  }
  const read = inputs[screen].safeParse(filters);
  if (read.success) return ok(null);
  return malformed(read.error.issues, ["filters"]);
}
