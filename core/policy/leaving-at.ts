import type { EffectOf } from "../journey/effects/effect";
import type { QuietHours } from "../message/settings";
import { quietUntil } from "./quiet-hours";

/**
 * When the quiet hours that a message is written in let it leave (epoch milliseconds); undefined where it may leave at once, or not at all. By the
 * member's clocks. What else may hold it, a cap or a complaint, has no end that is sure.
 */
export function leavingAt(
  { purpose, quiet }: Pick<EffectOf<"sendMessage">, "purpose" | "quiet">,
  hours: QuietHours | null,
  now: number,
  zone: string,
): number | undefined {
  if (!hours || purpose !== "marketing" || (quiet ?? hours.choice) !== "hold") return undefined;
  return quietUntil(hours, now, zone) ?? undefined;
}
