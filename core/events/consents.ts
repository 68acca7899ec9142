import { CHANNELS, type ChannelKind, type Purpose } from "../message/channel";

/** One change of consent that an event says. */
export type ConsentChange = { channel: ChannelKind; purpose: Purpose; isGranted: boolean };

const isChannel = (value: unknown): value is ChannelKind => CHANNELS.some((channel) => channel === value);
const both = (channels: readonly ChannelKind[], isGranted: boolean, purpose: Purpose = "marketing"): ConsentChange[] =>
  channels.map((channel) => ({ channel, purpose, isGranted }));

/**
 * The changes of consent in an event: a track of consent_granted, consent_withdrawn or unsubscribed (no channel = every channel), an
 * account_closed, or a trait `consent: { sms: true, email: false }`, also per purpose: `{ sms: { marketing: false } }`.
 */
export function consentsIn(
  name: string,
  properties: Record<string, unknown>,
  traits: Record<string, unknown> | undefined,
): ConsentChange[] {
  const changes = fromTraits(traits?.consent);
  const channels = isChannel(properties.channel) ? [properties.channel] : CHANNELS;
  const purpose = properties.purpose === "service" ? "service" : "marketing";
  // Someone who asks for it names the channel; someone who is fed up need not.
  if (name === "consent_granted" && isChannel(properties.channel)) changes.push(...both(channels, true, purpose));
  if (name === "consent_withdrawn") changes.push(...both(channels, false, purpose));
  if (name === "unsubscribed") changes.push(...both(channels, false));
  if (name === "account_closed") changes.push(...both(CHANNELS, false));
  return changes;
}

function fromTraits(consent: unknown): ConsentChange[] {
  if (typeof consent !== "object" || consent === null) return [];
  return Object.entries(consent).flatMap(([channel, said]) => {
    if (!isChannel(channel)) return [];
    if (typeof said === "boolean") return both([channel], said);
    if (typeof said !== "object" || said === null) return [];
    return Object.entries(said).flatMap(([purpose, isGranted]) =>
      typeof isGranted === "boolean" && (purpose === "marketing" || purpose === "service")
        ? both([channel], isGranted, purpose)
        : [],
    );
  });
}
