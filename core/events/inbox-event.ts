import type { EventFacts } from "../rules/facts";

export const EVENT_TYPES = ["identify", "track", "page", "screen", "group", "alias", "system"] as const;
/** How the event was said; `system` = a change of our own ledgers. */
export type EventType = (typeof EVENT_TYPES)[number];

/** What `inbox.event` holds: everything dispatch needs, so that it reads no other table to know what happened. */
export type InboxEvent = EventFacts & {
  type: EventType;
  messageId: string;
  userId?: string;
  anonymousId?: string;
  /** What an identify (or `context.traits`) says of the member; `phone` is E.164 and `email` lower-case, both only if the member owns them. */
  traits?: Record<string, unknown>;
  /** The phone and email that it named its member by (`context.externalIds`), where they are the member's own. */
  knownBy?: { phone?: string; email?: string };
  /** Sent with a server's write key or made by ourselves; only such an event may set a tier. */
  isTrusted: boolean;
};

/** What a run keeps of an event. */
export const bare = ({
  id,
  name,
  properties,
  occurredAt,
  acceptedAt,
  isHistorical,
  depth,
  through,
}: EventFacts): EventFacts => ({
  id,
  name,
  properties,
  occurredAt,
  acceptedAt,
  isHistorical,
  ...(depth !== undefined && { depth }),
  ...(through !== undefined && { through }),
});

/** What a run that is on its way keeps for its next wait. `isOutside`: none of our ledgers tells it; mail kept before this was noted does not say. */
export type Mail = EventFacts & { isOutside?: true };

export const mailOf = (event: EventFacts, { isOurs }: { isOurs: boolean }): Mail => ({
  ...bare(event),
  ...(!isOurs && { isOutside: true }),
});
