import { z } from "zod";
import { page, pageInput } from "@/core/cursor";
import { STAFF } from "@/core/journey/parts/staff";
import { ok } from "@/core/refusals";
import { join, keyset, type Sql, sql } from "@/platform/db";
import { memberMeant } from "../access/survivor";
import { useCase } from "../access/use-case";
import { membersFound } from "../members/member-search";
import { ROLE, readTasks, TASK_KINDS, TaskView } from "./task-view";
import { WAITED_FOR } from "./waited-for";

const ListTasks = z.object({
  ...pageInput,
  state: z.enum(["open", "closed"]).default("open"),
  kind: z.enum(TASK_KINDS).optional(),
  role: z.enum(STAFF).optional().describe("whose they are, also by escalation"),
  store: z.uuid().optional(),
  member: z.uuid().optional(),
  journey: z.uuid().optional(),
  q: z.string().trim().max(120).optional().describe("a part of its title, or a member"),
  sort: z
    .enum(["due", "opened", "closed"])
    .optional()
    .describe("due for open ones, closed for closed ones unless asked"),
  order: z.enum(["asc", "desc"]).optional().describe("asc by due, desc by the others unless asked"),
});
const KEYS = {
  due: { key: sql`t.due_at`, is: "instant" },
  opened: { key: sql`t.opened_at`, is: "instant" },
  closed: { key: sql`coalesce(t.closed_at, t.due_at)`, is: "instant" },
} as const;

/** Unless asked, open ones by their deadline, the most pressing first; closed ones by when they were closed, the latest first. */
export const listTasks = useCase({
  may: "task.read",
  input: ListTasks,
  output: z.object({ items: z.array(TaskView), next: z.string().nullable() }),
  says: "Staff tasks, approvals and surveys",
  async run({ tx, actor: { workspace }, now }, { cursor, limit, state, q, sort: asked, order, ...narrow }) {
    const { kind, role, store, member, journey } = narrow;
    const isOpen = state === "open";
    const sort = asked ?? (isOpen ? "due" : "closed");
    const where: Sql[] = [isOpen ? sql`t.state = 'open' AND ${WAITED_FOR}` : sql`t.state <> 'open'`];
    if (kind) where.push(sql`t.kind = ${kind}`);
    if (role) where.push(sql`(${ROLE} = ${role} OR (t.escalate_to = ${role} AND t.escalate_at <= ${now}))`);
    if (store) where.push(sql`t.store_id = ${store}`);
    if (member) where.push(sql`t.member_id = ${await memberMeant(tx, workspace, member)}`);
    if (journey) where.push(sql`t.journey_id = ${journey}`);
    if (q)
      where.push(
        sql`(strpos(lower(t.title), lower(${q}::text)) > 0 OR t.member_id IN ${await membersFound(tx, workspace, q)})`,
      );
    const { by, beyond, place } = keyset(
      { sort, order: order ?? (sort === "due" ? "asc" : "desc"), cursor },
      KEYS,
      sql`t.id`,
    );
    if (beyond) where.push(beyond);
    const rows = await readTasks(tx, workspace, join(where, " AND "), by, limit + 1, now);
    const at = ({ openedAt, dueAt, closedAt }: TaskView) =>
      ({ due: dueAt, opened: openedAt, closed: closedAt ?? dueAt })[sort];
    return ok(page(rows, limit, (task) => place(at(task), task.id)));
  },
});
