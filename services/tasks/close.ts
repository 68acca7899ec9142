import type { EventName } from "@/core/events/catalogue";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { later } from "@/core/time/duration";
import { zoneOfMember } from "@/core/time/zone-of";
import { json, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";
import { type Left, noLonger, WHY_CANCELLED } from "./no-longer";
import { OUTCOMES, QUESTIONS, ROLE } from "./task-view";
import { OPENS_IT, WAITED_FOR } from "./waited-for";

export type OpenTask = {
  id: string;
  kind: string;
  state: string;
  member: MemberId;
  title: string;
  role: string | null;
  escalateTo: string | null;
  escalateAt: Date | null;
  outcomes: { id: string; name: string }[];
  questions: unknown[];
  requestedBy: string | null;
  store: string | null;
  dueAt: Date;
  isWaitedFor: boolean;
};

/** Locks a task that can still be closed: open, in time, and waited for. Of two that close it at once the second is told of the first. */
export async function holdOpen(
  tx: Tx,
  workspace: WorkspaceId,
  id: string,
  kind: string,
  now: Date,
): Promise<Outcome<OpenTask>> {
  // The run first, as whatever moves it does: it stays where it is until what this brings is accepted.
  await tx.run(sql`
    SELECT FROM run r JOIN task t ON t.workspace_id = r.workspace_id AND t.run_id = r.id
    WHERE t.workspace_id = ${workspace} AND t.id = ${id} FOR SHARE OF r`);
  const row = await tx.one<OpenTask & Due & { left: Left | null }>(sql`
    SELECT t.id, t.kind, t.state, t.member_id AS member, t.title, ${ROLE} AS role, t.escalate_to AS "escalateTo", t.escalate_at AS "escalateAt",
      ${OUTCOMES} AS outcomes, ${QUESTIONS} AS questions, t.requested_by AS "requestedBy", t.store_id AS store, t.due_at AS "dueAt", ${WAITED_FOR} AS "isWaitedFor",
      ${WHY_CANCELLED} AS left, r.parked_at AS since, w.time_zone AS zone, m.time_zone AS "timeZone", h.time_zone AS "storeZone",
      CASE WHEN r.mapped < j.mappings THEN (SELECT e ->> 'within' ${OPENS_IT} LIMIT 1) END AS within
    FROM task t JOIN journey j ON j.workspace_id = t.workspace_id AND j.id = t.journey_id
    JOIN run r ON r.workspace_id = t.workspace_id AND r.id = t.run_id
    JOIN workspace w ON w.id = t.workspace_id
    JOIN member m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
    LEFT JOIN store h ON h.workspace_id = m.workspace_id AND h.id = m.joined_store_id
    WHERE t.workspace_id = ${workspace} AND t.id = ${id} FOR NO KEY UPDATE OF t`);
  if (!row || row.kind !== kind) return refuse("not_found", `no such ${kind}`);
  const { left, since, zone, timeZone, storeZone, within, ...task } = row;
  if (task.state === "done") return refuse("conflict", "it is closed already");
  if (left) return refuse("conflict", noLonger(left));
  if (task.state !== "open") return refuse("expired", "its time is over");
  if (!task.isWaitedFor) return refuse("conflict", noLonger("gone_on"));
  if (dueBy({ since, zone, timeZone, storeZone, within }, task.dueAt) < now)
    return refuse("expired", "its time is over");
  return ok(task);
}

/** What the deadline of a task goes by whose run a publish has not met yet; `within` is null of all others. */
type Due = {
  since: Date | null;
  zone: string;
  timeZone: string | null;
  storeZone: string | null;
  within: string | null;
};

const dueBy = ({ since, zone, within, ...member }: Due, stored: Date): Date =>
  since && within !== null ? new Date(later(since.getTime(), within, zoneOfMember(zone, member))) : stored;

type Closing = { outcome?: string; note?: string; answers?: Record<string, unknown>; by: string };

/** Closes a task that is held, with the ways and questions it was closed by, and tells the run that waits for it. */
export async function close(
  tx: Tx,
  workspace: WorkspaceId,
  task: OpenTask,
  { outcome, note, answers, by }: Closing,
  event: { name: EventName; properties: Record<string, unknown> },
  now: Date,
): Promise<void> {
  await tx.run(sql`
    UPDATE task SET state = 'done', outcome = ${outcome ?? null}, note = ${note ?? null}, answers = ${answers ? json(answers) : null}::jsonb,
      outcomes = ${json(task.outcomes)}::jsonb, questions = ${json(task.questions)}::jsonb, closed_by = ${by}, closed_at = ${now}
    WHERE workspace_id = ${workspace} AND id = ${task.id}`);
  await enqueue(tx, workspace, [
    {
      member: task.member,
      event: ledgerEvent(event.name, { task_id: task.id, ...event.properties }, newId(), now),
    },
  ]);
}
