import type { Arrival } from "@/core/events/arrival";
import { laneOf, type MemberId, type WorkspaceId } from "@/core/ids";
import type { Identity } from "@/core/members/identity";
import { type Claim, identityKey, meetings, type Owner, type Resolution, resolve } from "@/core/members/resolution";
import { Again, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { lockLanes } from "../events/lock-lanes";
import { readStanding } from "./standing";

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
  await readStanding(tx, meetings(arrivals, owners));
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
    for (const identity of [...draft.identities, ...draft.contacts, ...(draft.previous ? [draft.previous] : [])])
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
    if (keys[place - 1]?.identity.kind === "userId") owner.isUser = true;
    const name = names[place - 1];
    if (name !== undefined) owners.set(name, owner);
  }
  return owners;
}

async function write(tx: Tx, { born, claims, named, userless }: Resolution): Promise<void> {
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
  await keepUserless(tx, userless);
  await writeClaims(tx, claims);
}

/** Locks members that were found without a userId, by id like every lock on members; another set may have given them one just now. */
async function keepUserless(tx: Tx, members: Resolution["userless"]): Promise<void> {
  if (members.length === 0) return;
  const which = sql`SELECT * FROM unnest(${members.map((m) => m.workspace)}::uuid[], ${members.map((m) => m.member)}::uuid[])`;
  tx.push(sql`SELECT id FROM member WHERE (workspace_id, id) IN (${which}) ORDER BY id FOR NO KEY UPDATE`);
  // A statement of its own: it sees what was committed while the locks were waited for.
  const changed = await tx.one(sql`
    SELECT m.id FROM member m
    WHERE (m.workspace_id, m.id) IN (${which}) AND (m.merged_into IS NOT NULL
      OR EXISTS (SELECT FROM identity i WHERE i.workspace_id = m.workspace_id AND i.member_id = m.id AND i.kind = 'userId'))
    LIMIT 1`);
  if (changed) throw new IdentityRace("a member got a userId in the same moment");
}

async function writeClaims(tx: Tx, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  // A set may claim a key twice (a device changing hands): it passes from its first owner to the last.
  const last = new Map<string, Claim>();
  for (const claim of claims) {
    const key = identityKey(claim.workspace, claim.identity);
    const { from: _, ...to } = claim;
    const from = last.has(key) ? last.get(key)?.from : claim.from;
    last.set(key, { ...to, ...(from && { from }) });
  }
  // Key order, so that two sets never wait for each other in a circle.
  const sorted = [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, claim]) => claim);
  const passed = sorted.filter(({ from }) => from !== undefined);
  if (passed.length > 0) {
    const moved = await tx.run(sql`
      UPDATE identity i SET member_id = c.member_id, is_proven = c.is_proven
      FROM unnest(${passed.map((c) => c.workspace)}::uuid[], ${passed.map((c) => c.identity.kind)}::text[], ${passed.map((c) => c.identity.value)}::text[],
        ${passed.map((c) => c.member)}::uuid[], ${passed.map((c) => c.isProven)}::boolean[], ${passed.map((c) => c.from ?? "")}::uuid[])
        AS c(workspace_id, kind, value, member_id, is_proven, owner)
      WHERE i.workspace_id = c.workspace_id AND i.kind = c.kind AND i.value = c.value AND i.member_id = c.owner`);
    if (moved < passed.length) throw new IdentityRace("an identity was taken in the same moment");
  }
  const fresh = sorted.filter(({ from }) => from === undefined);
  if (fresh.length === 0) return;
  const written = await tx.run(sql`
    INSERT INTO identity AS i (workspace_id, kind, value, member_id, is_proven)
    SELECT * FROM unnest(${fresh.map((c) => c.workspace)}::uuid[], ${fresh.map((c) => c.identity.kind)}::text[], ${fresh.map((c) => c.identity.value)}::text[],
      ${fresh.map((c) => c.member)}::uuid[], ${fresh.map((c) => c.isProven)}::boolean[])
    ON CONFLICT (workspace_id, kind, value) DO UPDATE SET member_id = excluded.member_id
    WHERE i.kind = 'push' OR i.member_id = excluded.member_id`);
  if (written < fresh.length) throw new IdentityRace("an identity was taken in the same moment");
}
