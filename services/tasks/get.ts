import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { readTasks, TaskView } from "./task-view";

export const getTask = useCase({
  may: "task.read",
  input: z.object({ task: z.uuid() }),
  output: TaskView,
  says: "One task with how it may end, or how it ended",
  async run({ tx, actor: { workspace }, now }, { task }) {
    const [found] = await readTasks(tx, workspace, sql`t.id = ${task}`, sql`t.id`, 1, now);
    return found ? ok(found) : refuse("not_found", "no such task");
  },
});
