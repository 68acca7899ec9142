import { depthAfter } from "@/core/plan/control";
import { tagMembers, untagMembers } from "../../members/tag";
import type { Apply } from "./apply";

export const addTag: Apply<"addTag"> = async (tx, { workspace, now }, grants) => {
  await tagMembers(
    tx,
    workspace,
    grants.map(({ run, effect }) => ({
      member: run.member,
      tag: effect.tag,
      source: `journey:${run.journey}`,
      depth: depthAfter(run),
    })),
    now,
  );
  return grants.map(() => ({ ok: true }));
};

export const removeTag: Apply<"removeTag"> = async (tx, { workspace, now }, grants) => {
  await untagMembers(
    tx,
    workspace,
    grants.map(({ run, effect }) => ({ member: run.member, tag: effect.tag, depth: depthAfter(run) })),
    now,
  );
  return grants.map(() => ({ ok: true }));
};
