import type { Chance } from "./chance";

/** A message as it lies in the sandbox. */
export type Arrived = { id: string; channel: "sms" | "email" | "push"; text?: string; html?: string; url?: string };
/** What its reader does: asks for an address, so many milliseconds after it came. */
export type Deed = { url: string; afterMs: number };

// About what shops see of their own customers: mail read by two in five, followed by one in four of these.
const OPENS_MAIL = 0.42;
const FOLLOWS = { email: 0.26, sms: 0.14, push: 0.12 } as const;
const SOONEST_MS = 4_000;
const LATEST_MS = 90_000;
const PICTURE = /https?:\/\/[^\s"']+\/o\/[\w-]+\.gif/;
const LINK = /https?:\/\/[^\s"'<>]+\/l\/[\w-]+(?:\?u=[^\s"'<>&]+)?/;

/** Whether the member reads a message, and follows its link: nothing, an opening, a click, or both. A link of no tracked kind is left alone. */
export function deedsOf(chance: Chance, { channel, text, html, url }: Arrived): Deed[] {
  const afterMs = chance.int(SOONEST_MS, LATEST_MS);
  const deeds: Deed[] = [];
  if (channel === "email") {
    if (!chance.is(OPENS_MAIL)) return [];
    const picture = PICTURE.exec(html ?? "")?.[0];
    if (picture) deeds.push({ url: picture, afterMs });
  }
  const link = LINK.exec(html ?? url ?? text ?? "")?.[0];
  if (link && chance.is(FOLLOWS[channel])) deeds.push({ url: link, afterMs: afterMs + chance.int(2_000, 20_000) });
  return deeds;
}
