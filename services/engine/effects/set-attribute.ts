import type { MemberId } from "@/core/ids";
import { attributesAfter, refusedSetting } from "@/core/journey/effects/set-attribute";
import { depthAfter } from "@/core/plan/control";
import type { MemberFacts } from "@/core/rules/facts";
import { type AttributeSet, setAttributes } from "../../members/attributes";
import type { Applied, Apply } from "./apply";

/** Two runs of one member in a batch count on from each other. */
export const setAttribute: Apply<"setAttribute"> = async (tx, { workspace, now, members }, grants) => {
  const folded = new Map<MemberId, MemberFacts>();
  const set: AttributeSet[] = [];
  const applied = grants.map(({ run, effect }): Applied => {
    const member = folded.get(run.member) ?? members.get(run.member);
    if (!member) return { ok: true };
    const reason = refusedSetting(effect, member, run.entry);
    if (reason) return { ok: false, reason };
    const attributes = attributesAfter(effect, member, run.entry);
    folded.set(run.member, { ...member, attributes });
    const name = effect.attribute;
    set.push({
      member: run.member,
      name,
      was: member.attributes[name],
      value: attributes[name],
      depth: depthAfter(run),
    });
    return { ok: true };
  });
  await setAttributes(tx, workspace, set, now);
  return applied;
};
