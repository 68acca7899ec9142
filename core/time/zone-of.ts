import { isZone } from "./local-time";

/** Which zone applies to a member: their own, else that of the store they joined at, else the workspace's. One that does not exist is passed over. */
export function zoneOfMember(
  workspace: string,
  member: { timeZone: string | null; storeZone?: string | null } | undefined,
): string {
  for (const zone of [member?.timeZone, member?.storeZone]) if (zone && isZone(zone)) return zone;
  return workspace;
}
