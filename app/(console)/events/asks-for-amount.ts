import { type Cause, sayCause } from "@/core/events/letter-cause";
import { minorDigits } from "@/core/events/money";
import type { Text } from "@/core/text";

/**
 * What to say where an amount is wrong, of a form that takes it in whole units while the event itself holds minor ones: the field's own sentence,
 * and `example`, an amount that one could mean, in minor units. Undefined for what is wrong otherwise: the cause's own sentence is right for both.
 */
export function asksForAmount({ code, facts }: Cause, currency: string): { says: Text; example: number } | undefined {
  if (code !== "wrong_property" || facts.wanted !== "money") return undefined;
  return {
    says: sayCause({ code: "inexact_amount", facts: { ...facts, currency } }),
    example: 128 * 10 ** minorDigits(currency),
  };
}
