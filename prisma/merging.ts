import type { Table } from "./owners";

/**
 * What becomes of a member's rows when it merges into another: `moves` with the merge; `turn`: with the survivor's next dispatch turn, which alone
 * locks runs; `stays`: with the merged one, beside what the survivor got, because it proves what was. A test holds that every table with a member_id
 * is named here, and does so.
 */
export const merging = {
  identity: "moves",
  member_tag: "moves",
  fact: "moves",
  member_order: "moves",
  tier_change: "moves",
  consent_change: "moves",
  event: "moves",
  dead_letter: "moves",
  coupon: "moves",
  redemption: "moves",
  points_lot: "moves",
  message: "moves",
  complaint: "moves",
  segment_member: "moves",
  task: "moves",
  webhook_call: "moves",
  inbox: "turn",
  run: "turn",
  entry: "turn",
  exposure: "turn",
  due: "turn",
  entry_group: "turn",
  turned_away: "turn",
  consent: "stays",
  points_account: "stays",
  points_entry: "stays",
  member_gate: "stays",
} satisfies Partial<Record<Table, "moves" | "turn" | "stays">>;
