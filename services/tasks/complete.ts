import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { signature } from "../access/actor";
import { useCase } from "../access/use-case";
import { close, holdOpen } from "./close";
import { mayClose } from "./may-close";

export const Note = z.string().trim().max(2000).optional();

export const completeTask = useCase({
  may: "task.write",
  input: z.strictObject({ task: z.uuid(), outcome: z.string().max(32), note: Note }),
  output: z.object({ task: z.string(), outcome: z.string() }),
  audit: "task.completed",
  says: "Close a staff task with one of its outcomes; the journey goes on by it",
  async run({ tx, actor, now }, { task: id, outcome, note }) {
    const held = await holdOpen(tx, actor.workspace, id, "task", now);
    if (!held.ok) return held;
    const task = held.value;
    if (!mayClose(actor, task, now)) return refuse("not_allowed", `this task is for the role ${task.role}`);
    if (!task.outcomes.some((one) => one.id === outcome))
      return refuse("invalid", `should be one of ${task.outcomes.map((one) => one.id).join(", ")}`, ["outcome"]);
    const closing = { outcome, ...(note && { note }), by: signature(actor) };
    const properties = { outcome, title: task.title };
    await close(tx, actor.workspace, task, closing, { name: "task_completed", properties }, now);
    return ok({ task: id, outcome });
  },
});
