import { isTimed } from "@/core/plan/entry";
import type { Plan } from "@/core/plan/plan";
import { wasTold } from "@/core/plan/timed";
import type { Text } from "@/core/text";
import type { Tx } from "@/platform/db";
import { besideRule, isSent, sentWithout } from "./by-audience";
import { asNow, type Considered, inForce, inVain, type Known } from "./considered";
import type { Of } from "./happened-to";
import { aheadInWords, cameInVain, memoriesOf } from "./look-ahead";
import { doesNotHoldNow, outcomeSays } from "./why-not-words";

export const isOpen = ({ state }: { state: string }): boolean => state === "live" || state === "paused";

/**
 * What no event and no ledger tells of a member and a journey: days that came in vain, broadcasts that passed them by, when it comes next, and what it
 * would ask of them now. `last`: when they last entered or were turned away; `isAlone`: nothing else is told of them.
 */
export async function beyondEvents(
  tx: Tx,
  known: Known,
  of: Of,
  plan: Plan,
  { state, last, isAlone }: { state: string; last: Date | null; isAlone: boolean },
): Promise<{ lines: Considered[]; ahead?: Text }> {
  const { entry } = plan;
  const { today, names } = known;
  if (entry.on === "event") return { lines: [] };
  const beside = await besideRule(tx, known, of.member, entry);
  const now = asNow(known, plan, beside);
  const isPaused = state === "paused";
  const lines = isSent(entry) ? await sentWithout(tx, known, of, plan, { beside, isPaused }) : [];
  let ahead: Text | undefined;
  if (isTimed(entry)) {
    const memory = (await memoriesOf(tx, of.workspace, of.member, [of.journey])).get(of.journey);
    const remembered = { memory, isPaused, veil: names.veil ?? new Set() };
    if (isOpen({ state })) ahead = aheadInWords(entry, today, remembered);
    const came = cameInVain(entry, today, { ...remembered, from: of.since, last });
    const found = memory && wasTold(memory) ? { outcome: "of_the_past" as const, findings: [] } : now;
    if (came && inForce(known, came.getTime())) lines.push(inVain(entry.event, came, found));
  }
  if (ahead || (isAlone && lines.length === 0)) {
    const says = ahead ?? (now.outcome === "rule_false" ? doesNotHoldNow : outcomeSays[now.outcome]);
    lines.push({ event: null, at: new Date(today.now), says, run: null, ...now });
  }
  return { lines, ...(ahead && { ahead }) };
}
