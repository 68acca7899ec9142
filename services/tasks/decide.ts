import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { signature } from "../access/actor";
import { personBehind } from "../access/person-behind";
import { useCase } from "../access/use-case";
import { close, holdOpen } from "./close";
import { Note } from "./complete";
import { mayClose } from "./may-close";

/** Four eyes, and people's: a program's key decides nothing, and whoever asked for it, by hand or by a key they made, does not decide it. */
export const decideTask = useCase({
  may: "task.write",
  input: z.strictObject({ task: z.uuid(), decision: z.enum(["approved", "rejected"]), note: Note }),
  output: z.object({ task: z.string(), decision: z.string() }),
  audit: "approval.decided",
  says: "Approve or reject what a journey asks for",
  async run({ tx, actor, now }, { task: id, decision, note }) {
    const held = await holdOpen(tx, actor.workspace, id, "approval", now);
    if (!held.ok) return held;
    const task = held.value;
    if (actor.as !== "user")
      return refuse("not_allowed", "a person decides this, signed in to the console; a key cannot");
    if (!mayClose(actor, task, now)) return refuse("not_allowed", `this is for the role ${task.role} to decide`);
    const asked = task.requestedBy && (await personBehind(tx, actor.workspace, task.requestedBy));
    if (asked === signature(actor)) return refuse("not_allowed", "nobody decides their own request");
    const closing = { outcome: decision, ...(note && { note }), by: signature(actor) };
    const properties = { outcome: decision, title: task.title };
    await close(tx, actor.workspace, task, closing, { name: "approval_decided", properties }, now);
    return ok({ task: id, decision });
  },
});
