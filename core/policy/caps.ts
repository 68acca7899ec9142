import type { ChannelKind } from "../message/channel";
import type { Cap, MessagingSettings } from "../message/settings";

const DAY_MS = 86_400_000;

/** One message for the caps: what left, or may have left, and when its claim was (epoch milliseconds). */
export type Counted = { channel: ChannelKind; category: string | null; at: number };
export type Capped = { channel: ChannelKind; category: string | null };

/** How far back the caps look, in days; 0 = there are none. */
export const capDays = ({ caps }: Pick<MessagingSettings, "caps">): number =>
  Math.max(
    0,
    ...[caps.all, ...Object.values(caps.channels), ...Object.values(caps.categories)].map((c) => c?.days ?? 0),
  );

/**
 * When another message to a member would be within every cap (epoch milliseconds); null = it is now. `counted`: the member's messages of all
 * channels and journeys. `ahead`: those that wait with a better right to the same place; they count as if they left now.
 */
export function capUntil(
  { caps }: Pick<MessagingSettings, "caps">,
  message: Capped,
  counted: readonly Counted[],
  ahead: readonly Capped[],
  now: number,
): number | null {
  const of = [
    { cap: caps.all, applies: () => true },
    { cap: caps.channels[message.channel], applies: (one: Capped) => one.channel === message.channel },
    {
      cap: message.category === null ? undefined : caps.categories[message.category],
      applies: (one: Capped) => one.category === message.category,
    },
  ];
  const until = of.flatMap(({ cap, applies }) =>
    cap
      ? [
          frees(
            cap,
            counted.filter(applies).map(({ at }) => at),
            ahead.filter(applies).length,
            now,
          ),
        ]
      : [],
  );
  const latest = Math.max(0, ...until);
  return latest > now ? latest : null;
}

/** A place is free once fewer than `most` lie in the window; one that is only kept for somebody else is looked at again soon. */
const SOON_MS = 2000;
function frees({ most, days }: Cap, times: number[], ahead: number, now: number): number {
  const since = now - days * DAY_MS;
  const within = times.filter((at) => at > since).sort((a, b) => b - a);
  const blocking = within[most - 1];
  if (blocking !== undefined) return blocking + days * DAY_MS;
  return within.length + ahead >= most ? now + SOON_MS : now;
}
