import type { EventName } from "../events/catalogue";
import type { InboxEvent } from "../events/inbox-event";
import type { EventId } from "../ids";
import type { JOURNEY_START, MEMBER_MERGED } from "../plan/control";

/**
 * A change of our own ledgers as an event: it happens and is accepted at one instant, and is trusted. `depth`: how many journeys one after
 * another led to it; journeys that answer each other's effects end by it.
 */
export const ledgerEvent = (
  name: EventName | typeof JOURNEY_START | typeof MEMBER_MERGED,
  properties: Record<string, unknown>,
  id: EventId,
  now: Date,
  depth?: number,
): InboxEvent => ({
  id,
  name,
  properties,
  occurredAt: now.getTime(),
  acceptedAt: now.getTime(),
  isHistorical: false,
  type: "system",
  messageId: id,
  isTrusted: true,
  ...(depth !== undefined && { depth }),
});
