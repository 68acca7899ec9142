import type { JourneyId, PlanId, StepId } from "../ids";
import type { Plan } from "./plan";
import type { Waiting } from "./step";

/** The one step of `waitPlan`. */
export const AT = "wait.start" as StepId;

/** A plan that is one wait, for tests; its ways lead to the end of the drawing. */
export const waitPlan = (first: Waiting[], more: Partial<Plan> = {}): Plan => ({
  id: "p" as PlanId,
  journey: "j" as JourneyId,
  version: 1,
  name: "wait",
  entry: { on: "event", event: "order_paid", when: { all: [] } },
  entryNode: "t",
  reentry: { is: "once" },
  first: AT,
  steps: { [AT]: { op: "wait", first } },
  wires: { wait: {} },
  exits: [],
  listens: ["*"],
  priority: 0,
  ...more,
});
