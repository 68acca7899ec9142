import type { Arrival, Reject } from "@/core/events/arrival";
import type { InboxEvent } from "@/core/events/inbox-event";
import { type EventId, laneOf, type MemberId } from "@/core/ids";
import { type Contested, sayContested, wordOf } from "@/core/members/contested";
import type { Identity } from "@/core/members/identity";
import type { Resolution } from "@/core/members/resolution";
import { OTHER_BODY, type Untaken, WARNED } from "@/core/members/untaken";
import { engine, json, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { wakeLanes } from "../events/wake-lanes";
import { IdentityRace, knownOwners, resolveMembers } from "../members/resolve";
import { mergeMembers } from "../merging/merge";
import { recordComplaints } from "../messages/complaints";
import { recordConsents } from "./record-consents";
import { rejectAll } from "./reject";

/** Of events what only storing them could tell their sender: another body under a known messageId, a phone that another member owns. */
export type Notes = ReadonlyMap<EventId, readonly Untaken[]>;
/** How many events were new, and which lanes their inbox rows went to. */
export type Ingested = { fresh: number; lanes: number[]; notes: Notes };

/**
 * Accepts a set of events of any workspaces in one transaction: message keys, members, consents, events, inbox rows. An event whose key is
 * known has no second effect; one that says something else under a known key is kept as a dead letter.
 */
export function ingest(arrivals: readonly Arrival[], rejects: readonly Reject[] = []): Promise<Ingested> {
  return engine(async (tx) => {
    const ingested = await takeIn(tx, arrivals, rejects);
    wakeLanes(tx, ingested.lanes);
    return ingested;
  });
}

/** The same within a transaction of the caller's. */
export async function takeIn(tx: Tx, arrivals: readonly Arrival[], rejects: readonly Reject[] = []): Promise<Ingested> {
  // The owners are read behind the keys' locks, in the same round trip.
  const [{ fresh, acceptedAt }, owners] = await Promise.all([claimKeys(tx, arrivals), knownOwners(tx, arrivals)]);
  const impostors = fresh.length < arrivals.length ? await keepImpostors(tx, arrivals, fresh) : [];
  const notes = new Map(impostors.map((id): [EventId, Untaken[]] => [id, [OTHER_BODY]]));
  await rejectAll(tx, rejects);
  if (fresh.length === 0) return { fresh: 0, lanes: [], notes };
  const resolution = await resolveMembers(tx, fresh, owners);
  for (const { workspace, from, into, by } of resolution.merges)
    if (!(await mergeMembers(tx, { as: "system", workspace, name: by }, { from, into }, new Date(acceptedAt), newId())))
      throw new IdentityRace("a member was merged in the same moment");
  const lanes = write(tx, fresh, acceptedAt, resolution);
  await recordConsents(tx, fresh, acceptedAt, resolution.members);
  await recordComplaints(tx, fresh, acceptedAt, resolution.members);
  for (const [i, { id, draft, isTrusted }] of fresh.entries()) {
    const told = (resolution.contested[i] ?? []).filter(({ kind }) => isTrusted || kind === "userId");
    if (told.length > 0)
      notes.set(
        id,
        told.map((one) => sayContested(one, draft.type)),
      );
  }
  return { fresh: fresh.length, lanes, notes };
}

/**
 * The events whose message keys are new, and the instant they all are accepted at: the transaction's. In key order, so that two sets with
 * the same keys wait for each other one way round.
 */
async function claimKeys(
  tx: Tx,
  arrivals: readonly Arrival[],
): Promise<{ fresh: readonly Arrival[]; acceptedAt: number }> {
  const sorted = [...arrivals].sort((a, b) => (a.messageId < b.messageId ? -1 : a.messageId > b.messageId ? 1 : 0));
  // Nearly always all are new: one row says so.
  const claimed = await tx.one<{ at: number; fresh: EventId[] | null }>(sql`
    WITH k AS (
      INSERT INTO event_key (workspace_id, message_id, event_id, body_hash, accepted_at)
      SELECT k.*, now()
      FROM unnest(${sorted.map((a) => a.workspace)}::uuid[], ${sorted.map((a) => a.messageId)}::text[], ${sorted.map((a) => a.id)}::uuid[], ${sorted.map((a) => a.bodyHash)}::text[]) AS k
      ON CONFLICT DO NOTHING
      RETURNING event_id)
    SELECT (extract(epoch FROM now()::timestamptz(3)) * 1000)::float8 AS at,
      CASE WHEN count(*) < ${arrivals.length} THEN coalesce(array_agg(event_id), '{}') END AS fresh
    FROM k`);
  const isFresh = claimed?.fresh && new Set(claimed.fresh);
  return { fresh: isFresh ? arrivals.filter(({ id }) => isFresh.has(id)) : arrivals, acceptedAt: claimed?.at ?? 0 };
}

/** Of the events whose key was known, those that are no retry: another body under the same messageId. */
async function keepImpostors(tx: Tx, arrivals: readonly Arrival[], fresh: readonly Arrival[]): Promise<EventId[]> {
  const isFresh = new Set(fresh.map(({ id }) => id));
  const repeated = arrivals.filter(({ id }) => !isFresh.has(id));
  const rows = await tx.rows<{ place: number }>(sql`
    SELECT r.place::int AS place
    FROM unnest(${repeated.map((a) => a.workspace)}::uuid[], ${repeated.map((a) => a.messageId)}::text[], ${repeated.map((a) => a.bodyHash)}::text[])
      WITH ORDINALITY AS r(workspace_id, message_id, body_hash, place)
    JOIN event_key k ON k.workspace_id = r.workspace_id AND k.message_id = r.message_id AND k.body_hash <> r.body_hash`);
  const impostors = rows.flatMap(({ place }) => repeated[place - 1] ?? []);
  await rejectAll(
    tx,
    impostors.map((arrival) => {
      const { type, name } = arrival.draft;
      return { ...arrival, type, name, cause: { code: "message_id_reused" as const, facts: { event: name } } };
    }),
  );
  return impostors.map(({ id }) => id);
}

/** The event's row is taken out of what the inbox's says, so that nothing is sent and read twice. */
function write(tx: Tx, fresh: readonly Arrival[], acceptedAt: number, resolution: Resolution): number[] {
  const { members, contested, knownBy } = resolution;
  const lanes = fresh.map(({ workspace }, i) => laneOf(workspace, ownerOf(members, i)));
  tx.push(sql`
    WITH e AS (
      SELECT * FROM unnest(
        ${fresh.map((a) => a.workspace)}::uuid[], ${members}::uuid[], ${lanes}::int[],
        ${fresh.map((a, i) => json(contextOf(a, contested[i] ?? [])))}::jsonb[], ${fresh.map((arrival, i) => json(inboxEvent(arrival, acceptedAt, contested[i] ?? [], knownBy[i] ?? [])))}::jsonb[])
        AS e(workspace_id, member_id, lane, context, event)),
    kept AS (
      INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, context, occurred_at, accepted_at, is_historical)
      SELECT workspace_id, (event ->> 'id')::uuid, member_id, event ->> 'messageId', event ->> 'type', event ->> 'name', event -> 'properties', context,
        to_timestamp((event -> 'occurredAt')::float8 / 1000), now(), (event -> 'isHistorical')::boolean
      FROM e)
    INSERT INTO inbox (lane, workspace_id, member_id, event, accepted_at)
    SELECT lane, workspace_id, member_id, event, now() FROM e`);
  return [...new Set(lanes)];
}

/** An event keeps what it could not have, so that it is said again to whoever looks at it. */
function contextOf({ draft: { context } }: Arrival, contested: readonly Contested[]): Record<string, unknown> {
  if (contested.length === 0) return context;
  const { [WARNED]: warned } = context;
  return { ...context, [WARNED]: [...new Set([...(Array.isArray(warned) ? warned : []), ...contested.map(wordOf)])] };
}

function ownerOf(members: readonly MemberId[], place: number): MemberId {
  const member = members[place];
  if (!member) throw new Error("an event has no member");
  return member;
}

/**
 * What the inbox holds of an event. A contact that another member owns is not this one's: it stays as an attribute, so that nothing is ever sent
 * there.
 */
function inboxEvent(
  { id, messageId, draft, isTrusted }: Arrival,
  acceptedAt: number,
  contested: readonly Contested[],
  knownBy: readonly Identity[],
): InboxEvent {
  const { type, name, occurredAt, isHistorical, identities, properties } = draft;
  let { traits } = draft;
  for (const { kind, value } of contested)
    if ((kind === "phone" || kind === "email") && traits?.[kind] === value) {
      const { [kind]: taken, ...rest } = traits;
      traits = { ...rest, [`unverified_${kind}`]: taken };
    }
  const said = (kind: string) => identities.find((identity) => identity.kind === kind)?.value;
  const [userId, anonymousId] = [said("userId"), said("anonymousId")];
  return {
    id,
    type,
    messageId,
    name,
    occurredAt,
    acceptedAt,
    isHistorical,
    isTrusted,
    userId,
    anonymousId,
    traits,
    properties,
    ...(knownBy.length > 0 && { knownBy: Object.fromEntries(knownBy.map(({ kind, value }) => [kind, value])) }),
  };
}
