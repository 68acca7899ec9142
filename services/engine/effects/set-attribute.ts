import type { MemberId } from "@/core/ids";
import { attributesAfter } from "@/core/journey/effects/set-attribute";
import { depthAfter } from "@/core/plan/control";
import type { MemberFacts } from "@/core/rules/facts";
import { setAttributes } from "../../members/attributes";
import type { Apply } from "./apply";

/** Two runs of one member in a batch count on from each other. */
export const setAttribute: Apply<"setAttribute"> = async (tx, { workspace, now, members }, grants) => {
  const folded = new Map<MemberId, MemberFacts>();
  const set = grants.flatMap(({ run, effect }) => {
    const member = folded.get(run.member) ?? members.get(run.member);
    if (!member) return [];
    const attributes = attributesAfter(effect, member, run.entry);
    folded.set(run.member, { ...member, attributes });
    const name = effect.attribute;
    return [
      { member: run.member, name, was: member.attributes[name], value: attributes[name], depth: depthAfter(run) },
    ];
  });
  await setAttributes(tx, workspace, set, now);
  return grants.map(() => ({ ok: true }));
};
