/** What of the message list lives in the address; `message` is the one that stands open. */
export const MESSAGE_FILTERS = [
  "q",
  "state",
  "channel",
  "journey",
  "version",
  "reason",
  "within",
  "from",
  "to",
  "member",
  "run",
  "node",
  "came",
  "since",
  "order",
  "view",
  "message",
] as const;
export const MESSAGE_STATES = ["queued", "claimed", "accepted", "delivered", "failed", "unknown", "skipped"] as const;
export const CHANNEL_NAMES = ["sms", "email", "push"] as const;
