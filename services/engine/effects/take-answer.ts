import { nodeOf } from "@/core/ids";
import { answersOf as ofTasks } from "../../tasks/open";
import { answersOf as ofCalls } from "../../webhooks/answers";
import type { Apply } from "./apply";

/** Read from the row that holds it, so that a run remembers what stands in the ledger, whatever the event carried. */
export const takeAnswer: Apply<"takeAnswer"> = async (tx, { workspace }, grants) => {
  const asked = grants.map(({ run, step, effect }) => ({ of: effect.of, id: run.vars[nodeOf(step)]?.[effect.of] }));
  const ids = (of: "task" | "call") => asked.flatMap((one) => (one.of === of && one.id !== undefined ? [one.id] : []));
  const [tasks, calls] = await Promise.all([ofTasks(tx, workspace, ids("task")), ofCalls(tx, workspace, ids("call"))]);
  return asked.map(({ of, id }) => {
    const answer = id === undefined ? undefined : (of === "task" ? tasks : calls).get(id);
    return answer ? { ok: true, answer } : { ok: true };
  });
};
