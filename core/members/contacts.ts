import { PushSubscription } from "../message/channels/push";
import { type Identity, normalIdentity } from "./identity";
import { isExact } from "./untaken";

/** Phone and email become identities in normal form; one that cannot be read stays a plain attribute under another name. */
export function readContacts(
  told: Record<string, unknown>,
  region?: string,
): { traits: Record<string, unknown>; contacts: Identity[] } {
  const traits = { ...told };
  const contacts: Identity[] = [];
  for (const kind of ["phone", "email"] as const) {
    const value = traits[kind];
    if (value === undefined || value === null) continue;
    const identity =
      typeof value === "string" || isExact(value) ? normalIdentity(kind, String(value), region) : undefined;
    if (identity) {
      contacts.push(identity);
      traits[kind] = identity.value;
    } else {
      delete traits[kind];
      traits[`invalid_${kind}`] = value;
    }
  }
  const device = PushSubscription.safeParse(traits.push_subscription);
  if (device.success) {
    contacts.push({ kind: "push", value: JSON.stringify(device.data) });
    delete traits.push_subscription;
  }
  return { traits, contacts };
}
