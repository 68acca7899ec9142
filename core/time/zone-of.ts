import { isZone } from "./local-time";

/** Which zone applies to a member: their own, else that of the store they joined at, else the workspace's. */
export const zoneOfMember = (
  workspace: string,
  member: { timeZone: string | null; storeZone?: string | null } | undefined,
): string => zoneOf(workspace, member?.storeZone, member?.timeZone);

/** Which zone applies: the member's own, else the store's, else the workspace's. A zone that does not exist is passed over. */
export function zoneOf(workspace: string, store?: string | null, member?: string | null): string {
  for (const zone of [member, store]) if (zone && isZone(zone)) return zone;
  return workspace;
}
