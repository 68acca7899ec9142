export { Client } from "./client";
export { isAway, isBadData, isHeldUp, isPoison, isTooSlow, onceBack, sqlState } from "./errors";
export { keyset, type SortKey } from "./keyset";
export { listen } from "./listen";
export { answering, connect, databaseUrl, disconnect, followClock, peek, poll, refuseNesting } from "./pool";
export { join, json, name, Sql, sql } from "./sql";
export type { Tx } from "./statements";
export {
  Again,
  engine,
  inTime,
  oncePerTransaction,
  planned,
  query,
  snapshot,
  unflushed,
  unplanned,
  unscoped,
  write,
} from "./transaction";
