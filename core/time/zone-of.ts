import { isZone } from "./local-time";

/** Which zone applies: the member's own, else the store's, else the workspace's. A zone that does not exist is passed over. */
export function zoneOf(workspace: string, store?: string | null, member?: string | null): string {
  for (const zone of [member, store]) if (zone && isZone(zone)) return zone;
  return workspace;
}
