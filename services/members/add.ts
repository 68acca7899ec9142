import type { MemberId, WorkspaceId } from "@/core/ids";
import type { Identity } from "@/core/members/identity";
import { sql, type Tx } from "@/platform/db";

export type NewMember = { id: MemberId; joinedAt: Date; joinedStore: string | null; identities: readonly Identity[] };

/** Adds a set of members that are new for certain, with what they are known by. Fails (23505) when somebody owns one of the identities. */
export async function addMembers(tx: Tx, workspace: WorkspaceId, set: readonly NewMember[]): Promise<void> {
  if (set.length === 0) return;
  await tx.run(sql`
    INSERT INTO member (workspace_id, id, joined_at, joined_store_id, created_at)
    SELECT ${workspace}, m.id, m.joined_at, m.store, m.joined_at
    FROM unnest(${set.map(({ id }) => id)}::uuid[], ${set.map(({ joinedAt }) => joinedAt)}::timestamptz[], ${set.map(({ joinedStore }) => joinedStore)}::uuid[])
      AS m (id, joined_at, store)`);
  const identities = set.flatMap(({ id, joinedAt, identities }) =>
    identities.map((identity) => ({ id, joinedAt, ...identity })),
  );
  await tx.run(sql`
    INSERT INTO identity (workspace_id, kind, value, member_id, created_at)
    SELECT ${workspace}, i.kind, i.value, i.member_id, i.at
    FROM unnest(
      ${identities.map(({ kind }) => kind)}::text[], ${identities.map(({ value }) => value)}::text[],
      ${identities.map(({ id }) => id)}::uuid[], ${identities.map(({ joinedAt }) => joinedAt)}::timestamptz[]
    ) AS i (kind, value, member_id, at)`);
}
