import { type Refused, refuse } from "@/core/refusals";
import type { WriteKey } from "@/services/access/actor-from-key";
import { watchBacklog } from "@/services/intake/backlog";
import type { intake } from "@/services/intake/intake";
import { rates } from "../requests/rates";

export type RoomOptions = {
  /** Accepted events waiting for dispatch beyond which whoever has a tenth of them is told to come back, and at twice as many everybody. */
  mostWaiting?: number;
  /** Events a second of one write key; absent = as many as go. */
  perSecond?: number;
};

const MOST_WAITING = 500_000;
/** Events held in memory while Postgres is slow; half of them may be one workspace's. */
const MOST_HELD = 20_000;

export type NoRoom = { refusal: Refused; afterSeconds: number };

/**
 * Whether more events can be taken. The one who floods is told first (429), so that the others still get in; everybody is (503) when that did not
 * help.
 */
export function room(
  store: Pick<ReturnType<typeof intake>, "waiting" | "waitingOf">,
  { mostWaiting = MOST_WAITING, perSecond }: RoomOptions,
) {
  const backlog = watchBacklog(mostWaiting);
  const rate = perSecond === undefined ? undefined : rates(perSecond);
  return {
    /** Asked before anything is read of a request. */
    forAnybody(): NoRoom | undefined {
      return backlog.total() > 2 * mostWaiting || store.waiting() > MOST_HELD
        ? { refusal: refuse("busy", "too many events wait; send this again after Retry-After"), afterSeconds: 2 }
        : undefined;
    },
    for({ key, workspace }: WriteKey, events: number): NoRoom | undefined {
      if (backlog.of(workspace) > mostWaiting / 10 || store.waitingOf(workspace) > MOST_HELD / 2)
        return {
          refusal: refuse(
            "too_many_requests",
            "too many events of this workspace wait; send this again after Retry-After",
          ),
          afterSeconds: 2,
        };
      const wait = rate?.(key, events) ?? 0;
      if (wait === 0) return undefined;
      return {
        refusal: refuse(
          "too_many_requests",
          `at most ${perSecond} events a second with one write key; send this again after Retry-After`,
        ),
        afterSeconds: Math.ceil(wait / 1000),
      };
    },
  };
}
