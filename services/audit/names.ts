import type { Thing } from "@/core/audit/actions";
import type { WorkspaceId } from "@/core/ids";
import type { OfferNames } from "@/core/loyalty/offer-name";
import { isUuid } from "@/core/uuid";
import { type Sql, sql, type Tx } from "@/platform/db";
import type { Ref } from "./refs";

/** How each kind of thing is called, by id; what has no name of its own is not asked for. */
const NAMED: Partial<Record<Thing, (workspace: WorkspaceId, ids: string[]) => Sql>> = {
  journey: (workspace, ids) =>
    sql`SELECT id, name FROM journey WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
  run: (workspace, ids) => sql`
    SELECT r.id, concat_ws(' · ', m.name, j.name) AS name FROM run r
    JOIN member m ON m.workspace_id = r.workspace_id AND m.id = r.member_id JOIN journey j ON j.workspace_id = r.workspace_id AND j.id = r.journey_id
    WHERE r.workspace_id = ${workspace} AND r.id = ANY(${ids}::uuid[])`,
  member: (workspace, ids) =>
    sql`SELECT id, coalesce(name, phone, email) AS name FROM member WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
  segment: (workspace, ids) =>
    sql`SELECT id, name FROM segment WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
  offer: (workspace, ids) =>
    sql`SELECT id, name, names FROM offer WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
  coupon: (workspace, ids) =>
    sql`SELECT id, code AS name FROM coupon WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
  task: (workspace, ids) =>
    sql`SELECT id, title AS name FROM task WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
  store: (workspace, ids) =>
    sql`SELECT id, name FROM store WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
  merchant: (workspace, ids) =>
    sql`SELECT id, name FROM merchant WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
  key: (workspace, ids) =>
    sql`SELECT id, name FROM api_key WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
  // Accounts belong to no workspace; the lines that name them do.
  person: (_, ids) => sql`SELECT id, name FROM "user" WHERE id = ANY(${ids}::text[])`,
  view: (workspace, ids) =>
    sql`SELECT id, name FROM saved_view WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
  // The event's own name, in whichever language the reader has it, and its order or message number.
  letter: (workspace, ids) => sql`
    SELECT d.id, concat_ws(' · ', coalesce(d.name, ''), left(coalesce(d.order_number, d.message_id), 60)) AS name FROM dead_letter d WHERE d.workspace_id = ${workspace} AND d.id = ANY(${ids}::uuid[])`,
};

type Called = { name: string | null; names?: OfferNames };

/** Names of things, one query a kind; of an offer in each of its languages. What is gone, or never had a name, is told as null. */
export async function namesOf(tx: Tx, workspace: WorkspaceId, refs: readonly Ref[]): Promise<(ref: Ref) => Called> {
  const known = new Map<string, Called>();
  await Promise.all(
    Object.entries(NAMED).map(async ([thing, query]) => {
      const ids = [...new Set(refs.flatMap((ref) => (ref.thing === thing && isUuid(ref.id) ? [ref.id] : [])))];
      if (ids.length === 0) return;
      for (const { id, ...called } of await tx.rows<{ id: string } & Called>(query(workspace, ids)))
        known.set(`${thing} ${id}`, called);
    }),
  );
  return ({ thing, id }) => known.get(`${thing} ${id}`) ?? { name: null };
}
