import type { Arrival, Reject } from "@/core/events/arrival";
import type { InboxEvent } from "@/core/events/inbox-event";
import { laneOf } from "@/core/ids";
import type { Resolution } from "@/core/members/resolution";
import { engine, json, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { mergeMembers } from "../members/merge";
import { resolveMembers } from "../members/resolve";
import { recordConsents } from "./record-consents";
import { rejectAll } from "./reject";

/** How many events were new, and which lanes their inbox rows went to. */
export type Ingested = { fresh: number; lanes: number[] };

type Fresh = Arrival & { acceptedAt: number };

/**
 * Accepts a set of events of any workspaces in one transaction: message keys, members, consents, events, inbox rows. An event whose key is
 * known has no second effect; one that says something else under a known key is kept as a dead letter.
 */
export function ingest(arrivals: readonly Arrival[], rejects: readonly Reject[] = []): Promise<Ingested> {
  return engine(async (tx) => {
    const fresh = await claimKeys(tx, arrivals);
    if (fresh.length < arrivals.length) await keepImpostors(tx, arrivals, fresh);
    await rejectAll(tx, rejects);
    if (fresh.length === 0) return { fresh: 0, lanes: [] };
    const resolution = await resolveMembers(tx, fresh);
    for (const { workspace, from, into, by } of resolution.merges)
      await mergeMembers(
        tx,
        { as: "system", workspace, name: by },
        { from, into },
        new Date(fresh[0]?.acceptedAt ?? 0),
        newId(),
      );
    await recordConsents(tx, fresh, resolution.members);
    return { fresh: fresh.length, lanes: await write(tx, fresh, resolution) };
  });
}

/** The message keys that are new. In key order, so that two sets with the same keys wait for each other one way round. */
async function claimKeys(tx: Tx, arrivals: readonly Arrival[]): Promise<Fresh[]> {
  const sorted = [...arrivals].sort((a, b) => (a.messageId < b.messageId ? -1 : a.messageId > b.messageId ? 1 : 0));
  const rows = await tx.rows<{ id: string; at: number }>(sql`
    INSERT INTO event_key (workspace_id, message_id, event_id, body_hash, accepted_at)
    SELECT k.*, now()
    FROM unnest(${sorted.map((a) => a.workspace)}::uuid[], ${sorted.map((a) => a.messageId)}::text[], ${sorted.map((a) => a.id)}::uuid[], ${sorted.map((a) => a.bodyHash)}::text[]) AS k
    ON CONFLICT DO NOTHING
    RETURNING event_id AS id, (extract(epoch FROM accepted_at) * 1000)::float8 AS at`);
  const at = new Map(rows.map((row) => [row.id, row.at]));
  return arrivals.flatMap((arrival) => {
    const acceptedAt = at.get(arrival.id);
    return acceptedAt === undefined ? [] : [{ ...arrival, acceptedAt }];
  });
}

/** Of the events whose key was known, those that are no retry: another body under the same messageId. */
async function keepImpostors(tx: Tx, arrivals: readonly Arrival[], fresh: readonly Fresh[]): Promise<void> {
  const isFresh = new Set(fresh.map(({ id }) => id));
  const repeated = arrivals.filter(({ id }) => !isFresh.has(id));
  const impostors = await tx.rows<{ place: number }>(sql`
    SELECT r.place::int AS place
    FROM unnest(${repeated.map((a) => a.workspace)}::uuid[], ${repeated.map((a) => a.messageId)}::text[], ${repeated.map((a) => a.bodyHash)}::text[])
      WITH ORDINALITY AS r(workspace_id, message_id, body_hash, place)
    JOIN event_key k ON k.workspace_id = r.workspace_id AND k.message_id = r.message_id AND k.body_hash <> r.body_hash`);
  await rejectAll(
    tx,
    impostors.flatMap(({ place }) => {
      const arrival = repeated[place - 1];
      return arrival
        ? [{ ...arrival, reason: "message_id_reused", detail: "this messageId came before with another body" }]
        : [];
    }),
  );
}

async function write(tx: Tx, fresh: readonly Fresh[], { members, contested }: Resolution): Promise<number[]> {
  const rows = fresh.map((arrival, i) => {
    const member = members[i];
    if (!member) throw new Error("an event has no member");
    return {
      ...arrival,
      member,
      lane: laneOf(arrival.workspace, member),
      event: inboxEvent(arrival, contested[i] ?? []),
    };
  });
  await tx.run(sql`
    WITH e AS (
      SELECT * FROM unnest(
        ${rows.map((r) => r.workspace)}::uuid[], ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.member)}::uuid[], ${rows.map((r) => r.messageId)}::text[],
        ${rows.map((r) => r.draft.type)}::text[], ${rows.map((r) => r.draft.name)}::text[], ${rows.map((r) => json(r.draft.properties))}::jsonb[],
        ${rows.map((r) => json(r.draft.context))}::jsonb[], ${rows.map((r) => r.draft.occurredAt)}::float8[], ${rows.map((r) => r.acceptedAt)}::float8[],
        ${rows.map((r) => r.draft.isHistorical)}::boolean[], ${rows.map((r) => r.lane)}::int[], ${rows.map((r) => json(r.event))}::jsonb[])
        AS e(workspace_id, id, member_id, message_id, type, name, properties, context, occurred_ms, accepted_ms, is_historical, lane, event)),
    kept AS (
      INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, context, occurred_at, accepted_at, is_historical)
      SELECT workspace_id, id, member_id, message_id, type, name, properties, context,
        to_timestamp(occurred_ms / 1000), to_timestamp(accepted_ms / 1000), is_historical FROM e)
    INSERT INTO inbox (lane, workspace_id, member_id, event, accepted_at)
    SELECT lane, workspace_id, member_id, event, to_timestamp(accepted_ms / 1000) FROM e`);
  return [...new Set(rows.map((r) => r.lane))];
}

/** A contact that another member owns is not this one's: it stays as an attribute, so that nothing is ever sent there. */
function inboxEvent(
  { id, messageId, draft, acceptedAt, isTrusted }: Fresh,
  contested: Resolution["contested"][number],
): InboxEvent {
  const { type, name, properties, occurredAt, isHistorical, identities } = draft;
  let { traits } = draft;
  for (const { kind, value } of contested)
    if (traits?.[kind] === value) {
      const { [kind]: taken, ...rest } = traits;
      traits = { ...rest, [`unverified_${kind}`]: taken };
    }
  const said = (kind: string) => identities.find((identity) => identity.kind === kind)?.value;
  const userId = said("userId");
  const anonymousId = said("anonymousId");
  return {
    id,
    type,
    messageId,
    name,
    properties,
    occurredAt,
    acceptedAt,
    isHistorical,
    isTrusted,
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId }),
    ...(traits && { traits }),
  };
}
