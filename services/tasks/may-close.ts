import type { Actor } from "../access/actor";
import type { OpenTask } from "./close";

/** Whether a task is this actor's to close: their role's, also by escalation; an owner's always; a program's, whose key says what it may. */
export function mayClose(actor: Actor, { role, escalateTo, escalateAt }: OpenTask, now: Date): boolean {
  if (actor.as !== "user" || actor.role === "owner") return true;
  return actor.role === role || (actor.role === escalateTo && escalateAt !== null && escalateAt <= now);
}
