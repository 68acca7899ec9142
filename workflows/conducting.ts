import { type ActivityOptions, defineSearchAttributeKey, SearchAttributeType } from "@temporalio/common";
import {
  condition,
  defineSignal,
  makeContinueAsNewFunc,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from "@temporalio/workflow";
import { ATTRIBUTES, type Conducted, type Label, RING } from "../core/plan/conductor";

/**
 * How every conductor's activity runs: as long as there is work; its heartbeat tells that it lives. A failure is retried for as long as it takes,
 * and soon: each killed worker counts as one, so a pause that grew to 5 s came on top of the heartbeat's 3 s at the fifth kill in a row.
 */
export const LASTING: ActivityOptions = {
  startToCloseTimeout: "10 minutes",
  heartbeatTimeout: "3 seconds",
  retry: { initialInterval: "200 milliseconds", maximumInterval: "1 second" },
};

export const ring = defineSignal(RING);
const NAME = defineSearchAttributeKey(ATTRIBUTES.name, SearchAttributeType.KEYWORD);
const VERSION = defineSearchAttributeKey(ATTRIBUTES.version, SearchAttributeType.INT);
const STATE = defineSearchAttributeKey(ATTRIBUTES.state, SearchAttributeType.KEYWORD);

// After a restart a worker replays the history within one task's 3 seconds, or never gets past it: 4,500 events took 5 s on two busy cores.
const LONGEST_HISTORY = 500;

/**
 * The life of every conductor: work, sleep on a durable timer until the next due instant or a ring, work again. A ring
 * that comes while it works means another turn. Returns when there is nothing left to conduct. The history starts afresh before it grows long, and
 * when what it conducts has another name.
 */
export async function conducting<A>(args: A, work: () => Promise<Conducted>): Promise<void> {
  const { workflowType } = workflowInfo();
  let title = workflowType;
  let rung = true;
  let shown = "";
  setHandler(ring, () => {
    rung = true;
  });
  while (!workflowInfo().continueAsNewSuggested && workflowInfo().historyLength < LONGEST_HISTORY) {
    rung = false;
    const conducted = await work();
    if (conducted.label && JSON.stringify(conducted.label) !== shown) {
      shown = JSON.stringify(conducted.label);
      show(conducted.label);
    }
    if (conducted.is === "over" && !rung) return;
    title = conducted.title ?? title;
    if (title !== workflowType) break;
    if (rung) continue;
    if (conducted.is === "asleep") {
      if (conducted.ms === null) await condition(() => rung);
      else await condition(() => rung, conducted.ms);
    }
  }
  await makeContinueAsNewFunc<(args: A) => Promise<void>>({ workflowType: title })(args);
}

function show(label: NonNullable<Label>): void {
  upsertSearchAttributes([
    { key: NAME, value: label.name },
    { key: VERSION, value: label.version },
    { key: STATE, value: label.state },
  ]);
}
