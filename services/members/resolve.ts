import type { Arrival } from "@/core/events/arrival";
import { laneOf, type MemberId, type WorkspaceId } from "@/core/ids";
import type { Identity } from "@/core/members/identity";
import { identityKey, type Owner, type Resolution, resolve } from "@/core/members/resolution";
import { Again, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { lockLanes } from "../events/lock-lanes";

/** Somebody else took an identity in the same moment: the transaction is to be done again, now seeing theirs. */
export class IdentityRace extends Again {}

/**
 * Finds or makes the members of a set of arrivals over any workspaces, and writes who owns which identity. `owners`: of these identities, and
 * maybe of others. Merges are left to the caller.
 */
export async function resolveMembers(
  tx: Tx,
  arrivals: readonly Arrival[],
  owners: Map<string, Owner>,
): Promise<Resolution> {
  const resolution = resolve(arrivals, owners, () => newId<MemberId>());
  // Before the first lock on a member: whoever dispatches holds a lane and then asks for its members.
  await lockLanes(
    tx,
    resolution.merges.flatMap(({ workspace, from, into }) => [laneOf(workspace, from), laneOf(workspace, into)]),
  );
  await write(tx, resolution);
  return resolution;
}

/** Who owns the identities that these arrivals name. */
export async function knownOwners(tx: Tx, arrivals: readonly Arrival[]): Promise<Map<string, Owner>> {
  const asked = new Map<string, { workspace: WorkspaceId; identity: Identity }>();
  for (const { workspace, draft } of arrivals)
    for (const identity of [...draft.identities, ...draft.contacts])
      asked.set(identityKey(workspace, identity), { workspace, identity });
  const keys = [...asked.values()];
  // Who has a userId is not anonymous, and most events name one: their members' own rows need not be looked at.
  const rows = await tx.rows<{ place: number; member: MemberId; anonymous: boolean }>(sql`
    SELECT k.place::int AS place, i.member_id AS member,
      i.kind <> 'userId' AND (SELECT m.is_anonymous FROM member m WHERE m.workspace_id = i.workspace_id AND m.id = i.member_id) AS anonymous
    FROM unnest(${keys.map((k) => k.workspace)}::uuid[], ${keys.map((k) => k.identity.kind)}::text[], ${keys.map((k) => k.identity.value)}::text[])
      WITH ORDINALITY AS k(workspace_id, kind, value, place)
    JOIN identity i ON i.workspace_id = k.workspace_id AND i.kind = k.kind AND i.value = k.value`);
  // One object per member, so that what becomes known of it is known by each of its identities.
  const members = new Map<MemberId, Owner>();
  const owners = new Map<string, Owner>();
  const names = [...asked.keys()];
  for (const { place, member, anonymous } of rows) {
    const owner = members.get(member) ?? { member, isAnonymous: anonymous };
    members.set(member, owner);
    const name = names[place - 1];
    if (name !== undefined) owners.set(name, owner);
  }
  return owners;
}

async function write(tx: Tx, { born, claims, named }: Resolution): Promise<void> {
  if (born.length > 0) {
    await tx.run(sql`
      INSERT INTO member (workspace_id, id, is_anonymous)
      SELECT * FROM unnest(${born.map((b) => b.workspace)}::uuid[], ${born.map((b) => b.member)}::uuid[], ${born.map((b) => b.isAnonymous)}::boolean[])`);
  }
  if (named.length > 0) {
    // By id, like every lock on members.
    await tx.run(sql`
      UPDATE member m SET is_anonymous = false, joined_at = now(), updated_at = now()
      FROM (SELECT workspace_id, id FROM member
            WHERE (workspace_id, id) IN (SELECT * FROM unnest(${named.map((n) => n.workspace)}::uuid[], ${named.map((n) => n.member)}::uuid[]))
            ORDER BY id FOR NO KEY UPDATE) l
      WHERE m.workspace_id = l.workspace_id AND m.id = l.id AND m.is_anonymous`);
  }
  if (claims.length === 0) return;
  // Key order, so that two sets never wait for each other in a circle. A set may claim a key twice (a device changing hands): the last counts.
  const last = new Map(claims.map((claim) => [identityKey(claim.workspace, claim.identity), claim]));
  const sorted = [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, claim]) => claim);
  const written = await tx.run(sql`
    INSERT INTO identity AS i (workspace_id, kind, value, member_id, is_proven)
    SELECT * FROM unnest(${sorted.map((c) => c.workspace)}::uuid[], ${sorted.map((c) => c.identity.kind)}::text[], ${sorted.map((c) => c.identity.value)}::text[],
      ${sorted.map((c) => c.member)}::uuid[], ${sorted.map((c) => c.isProven)}::boolean[])
    ON CONFLICT (workspace_id, kind, value) DO UPDATE SET member_id = excluded.member_id
    WHERE i.kind = 'push' OR i.member_id = excluded.member_id`);
  if (written < sorted.length) throw new IdentityRace("an identity was taken in the same moment");
}
