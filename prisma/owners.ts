/** Which folder writes a table. Others call the owner and pass their `tx`; a test reads the SQL's write targets against this. */
export const owners = {
  user: "services/access", session: "services/access", account: "services/access", verification: "services/access",
  role_grant: "services/access", api_key: "services/access", idempotency: "services/access",
  audit: "services/audit",
  workspace: "services/workspaces", merchant: "services/workspaces", store: "services/workspaces",
  member: "services/members", identity: "services/members", consent: "services/members", suppression: "services/members",
  tag: "services/members", member_tag: "services/members", fact: "services/members",
  segment: "services/segments",
  event_key: "services/events", event: "services/events", inbox: "services/events", lane: "services/events", dead_letter: "services/events",
  offer: "services/offers", offer_stock: "services/offers", coupon: "services/offers", redemption: "services/offers",
  points_account: "services/points", points_lot: "services/points", points_entry: "services/points",
  journey: "services/journeys", plan: "services/journeys",
  run: "services/engine", entry: "services/engine", journal: "services/engine", traffic: "services/engine", exposure: "services/engine",
  due: "services/engine", conductor: "services/rings", worker_beat: "services/rings",
  member_gate: "services/messages", message: "services/messages",
} as const;
export type Table = keyof typeof owners;
