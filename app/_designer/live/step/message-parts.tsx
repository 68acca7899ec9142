"use client";
import {
  IconBan,
  IconChecks,
  IconClick,
  IconMailOpened,
  IconMailX,
  IconSend,
  IconTargetArrow,
  type TablerIcon,
} from "@tabler/icons-react";
import type { MessageCount } from "@/services/journeys/watching/message-counts";
import type { MessageOutcome } from "@/services/messages/traffic";

type Key = Exclude<keyof MessageCount, "reasons">;
/** `came`: what the list of messages calls it. */
type Part = { key: Key; came: MessageOutcome; icon: TablerIcon };

/** What can come of a step's messages, in the order they come. */
export const MESSAGE_PARTS: readonly Part[] = [
  { key: "sent", came: "sent", icon: IconSend },
  { key: "delivered", came: "delivered", icon: IconChecks },
  { key: "opened", came: "opened", icon: IconMailOpened },
  { key: "clicked", came: "clicked", icon: IconClick },
  { key: "converted", came: "converted", icon: IconTargetArrow },
  { key: "notSent", came: "not_sent", icon: IconBan },
  { key: "undelivered", came: "undelivered", icon: IconMailX },
];
/** What is no news as long as there is none. */
export const BAD: ReadonlySet<Key> = new Set(["notSent", "undelivered"]);

export const NO_MESSAGES: MessageCount = {
  sent: 0,
  notSent: 0,
  undelivered: 0,
  delivered: 0,
  opened: 0,
  clicked: 0,
  converted: 0,
  reasons: [],
};
