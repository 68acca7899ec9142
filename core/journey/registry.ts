import type { NodeKind } from "./kind";
import { approval } from "./kinds/approval";
import { changeTier } from "./kinds/change-tier";
import { delay } from "./kinds/delay";
import { emitEvent } from "./kinds/emit-event";
import { exit } from "./kinds/exit";
import { goal } from "./kinds/goal";
import { ifNode } from "./kinds/if";
import { onBroadcast } from "./kinds/on-broadcast";
import { onCall } from "./kinds/on-call";
import { onDate } from "./kinds/on-date";
import { onEvent } from "./kinds/on-event";
import { onHoliday } from "./kinds/on-holiday";
import { onInactivity } from "./kinds/on-inactivity";
import { onMemberDay } from "./kinds/on-member-day";
import { onSchedule } from "./kinds/on-schedule";
import { onSegment } from "./kinds/on-segment";
import { reward } from "./kinds/reward";
import { send } from "./kinds/send";
import { sendInOrder } from "./kinds/send-in-order";
import { setAttribute } from "./kinds/set-attribute";
import { split } from "./kinds/split";
import { staffTask } from "./kinds/staff-task";
import { startJourney } from "./kinds/start-journey";
import { stopJourney } from "./kinds/stop-journey";
import { survey } from "./kinds/survey";
import { switchNode } from "./kinds/switch";
import { tag } from "./kinds/tag";
import { waitDate } from "./kinds/wait-date";
import { waitFirst } from "./kinds/wait-first";
import { waitFor } from "./kinds/wait-for";
import { waitUntil } from "./kinds/wait-until";
import { waitWindow } from "./kinds/wait-window";
import { webhook } from "./kinds/webhook";

/** Every node kind by its id, in the order of the palette. */
export const nodeKinds = {
  "on-event": onEvent,
  "on-segment": onSegment,
  "on-date": onDate,
  "on-holiday": onHoliday,
  "on-member-day": onMemberDay,
  "on-inactivity": onInactivity,
  "on-broadcast": onBroadcast,
  "on-schedule": onSchedule,
  "on-call": onCall,
  if: ifNode,
  switch: switchNode,
  split,
  delay,
  "wait-window": waitWindow,
  "wait-date": waitDate,
  "wait-for": waitFor,
  "wait-first": waitFirst,
  "wait-until": waitUntil,
  send,
  "send-in-order": sendInOrder,
  reward,
  tag,
  "set-attribute": setAttribute,
  "change-tier": changeTier,
  "staff-task": staffTask,
  approval,
  survey,
  webhook,
  "emit-event": emitEvent,
  "start-journey": startJourney,
  "stop-journey": stopJourney,
  goal,
  exit,
} satisfies Record<string, NodeKind>;
export type NodeKindId = keyof typeof nodeKinds;
export const NODE_KINDS = Object.keys(nodeKinds).filter(isNodeKind);

export function isNodeKind(id: string): id is NodeKindId {
  return Object.hasOwn(nodeKinds, id);
}

/** The kind of an id, its config's type forgotten: parse the config with `kind.config` before handing it to a method. */
export const kindOf = (id: string): NodeKind | undefined => (isNodeKind(id) ? nodeKinds[id] : undefined);
