import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { STAFF } from "@/core/journey/parts/staff";
import { ok } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { join, type Sql, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { readTasks, TASK_KINDS, TaskView, WAITED_FOR } from "./task-view";

const ListTasks = z.object({
  ...pageInput,
  state: z.enum(["open", "closed"]).default("open"),
  kind: z.enum(TASK_KINDS).optional(),
  role: z.enum(STAFF).optional().describe("whose they are, also by escalation"),
  store: z.uuid().optional(),
  member: z.uuid().optional(),
  journey: z.uuid().optional(),
});

/** Open ones by their deadline, the most pressing first; closed ones by when they were closed, the latest first. */
export const listTasks = useCase({
  may: "task.read",
  input: ListTasks,
  output: z.object({ items: z.array(TaskView), next: z.string().nullable() }),
  says: "Staff tasks, approvals and surveys",
  async run({ tx, actor: { workspace }, now }, { cursor, limit, state, kind, role, store, member, journey }) {
    const isOpen = state === "open";
    const where: Sql[] = [isOpen ? sql`t.state = 'open' AND ${WAITED_FOR}` : sql`t.state <> 'open'`];
    if (kind) where.push(sql`t.kind = ${kind}`);
    if (role) where.push(sql`(t.role = ${role} OR (t.escalate_to = ${role} AND t.escalate_at <= ${now}))`);
    if (store) where.push(sql`t.store_id = ${store}`);
    if (member) where.push(sql`t.member_id = ${member}`);
    if (journey) where.push(sql`t.journey_id = ${journey}`);
    const [at, id] = fromCursor(cursor) ?? [];
    if (typeof at === "number" && Math.abs(at) < 8e15 && typeof id === "string" && isUuid(id)) {
      const from = sql`(${new Date(at)}::timestamptz, ${id}::uuid)`;
      where.push(isOpen ? sql`(t.due_at, t.id) > ${from}` : sql`(t.closed_at, t.id) < ${from}`);
    }
    const order = isOpen ? sql`t.due_at, t.id` : sql`t.closed_at DESC, t.id DESC`;
    const rows = await readTasks(tx, workspace, join(where, " AND "), order, limit + 1, now);
    return ok(page(rows, limit, (task) => [(isOpen ? task.dueAt : (task.closedAt ?? task.dueAt)).getTime(), task.id]));
  },
});
