import type { MemberId } from "@/core/ids";
import type { EffectOf } from "@/core/journey/effects/effect";
import type { Staff } from "@/core/journey/parts/staff";
import { withoutLiquid } from "@/core/message/liquid-text";
import type { Scope } from "@/core/message/scope";
import type { MemberFacts } from "@/core/rules/facts";
import { later } from "@/core/time/duration";
import { fillText } from "../../messages/content/render";
import type { TaskWords } from "../../tasks/open";
import type { Run } from "../run";
import type { Scopes } from "./scopes";

const LONGEST_TITLE = 300;
const LONGEST_INSTRUCTIONS = 4000;

type OpenTask = EffectOf<"openTask">;
/** `since`: when it was opened, which its escalation counts from. */
type About = { scopeFor: Scopes; members: ReadonlyMap<MemberId, MemberFacts>; since: Date };

/** What a task says and whose it is, for the member of its run. A template that fails is shown without its values: the task matters more. */
export function wordsOf(effect: OpenTask, run: Run, { scopeFor, members, since }: About): TaskWords {
  const scope = scopeFor(run);
  const { escalation } = effect;
  return {
    title: filled(effect.title, scope, LONGEST_TITLE) || effect.kind,
    instructions: filled(effect.instructions, scope, LONGEST_INSTRUCTIONS),
    severity: effect.severity,
    role: effect.role,
    store:
      effect.store === "entry"
        ? scopeFor.storeOf(run)
        : effect.store === "joined"
          ? (members.get(run.member)?.joinedStore ?? null)
          : null,
    escalateAt:
      escalation.is === "after" ? new Date(later(since.getTime(), escalation.duration, scope.timeZone)) : null,
    escalateTo: escalation.is === "after" ? (escalation.role satisfies Staff) : null,
  };
}

function filled(template: string, scope: Scope, most: number): string {
  const text = fillText(template, scope, most);
  return (text.ok ? text.value : withoutLiquid(template)).trim().slice(0, most);
}
