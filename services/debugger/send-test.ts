import { createHash } from "node:crypto";
import { z } from "zod";
import { sayCause } from "@/core/events/letter-cause";
import { normalise } from "@/core/events/normalise";
import type { EventId, WorkspaceId } from "@/core/ids";
import type { Identity } from "@/core/members/identity";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { signature } from "../access/actor";
import { useCase } from "../access/use-case";
import { wakingLanes } from "../events/wake-lanes";
import { takeIn } from "../intake/ingest";
import { announce } from "../rings/announce";

const EVENT_BYTES = 32 * 1024;
const Test = z.strictObject({
  event: z.string().trim().min(1, "name the event").max(200),
  properties: z
    .record(z.string(), z.unknown(), { error: "should be a JSON object" })
    .refine((properties) => Buffer.byteLength(JSON.stringify(properties)) <= EVENT_BYTES, "at most 32 KB")
    .default({}),
  who: z.union([
    z.strictObject({ member: z.uuid() }),
    z.strictObject({ userId: z.string().trim().min(1).max(255).describe("a number of the shop's, known or new") }),
  ]),
});

/**
 * Sends an event by hand, without a write key, through the intake of all others: it starts journeys and counts like any. It carries `isTest`
 * and who sent it, and may say no more than a page may: what only ledgers and servers tell is refused. Nothing of a bad one is kept.
 */
export const sendTestEvent = useCase({
  may: "event.write",
  input: Test,
  audit: "event.tested",
  records: ({ event, who }) => ({ event, ...who }),
  says: "Send a test event as a member, without a write key",
  output: z.object({ id: z.string(), member: z.string() }),
  async run({ tx, actor, now, newId }, { event, properties, who }): Promise<Outcome<{ id: string; member: string }>> {
    const { workspace } = actor;
    const named =
      "userId" in who ? ok({ kind: "userId" as const, value: who.userId }) : await nameOf(tx, workspace, who.member);
    if (!named.ok) return named;
    const home = await tx.one<{ currency: string }>(sql`SELECT currency FROM workspace WHERE id = ${workspace}`);
    const id = newId<EventId>();
    const said = {
      messageId: `test ${id}`,
      event,
      properties,
      userId: named.value.value,
      timestamp: now.toISOString(),
    };
    const read = normalise(said, "track", {
      receivedAt: now.getTime(),
      currency: home?.currency ?? "CNY",
      isTrusted: false,
    });
    if (read.is === "malformed")
      return { ...refuse("invalid", read.says, read.path), ...(read.chinese && { chinese: read.chinese }) };
    if (read.is === "rejected") return refuse("invalid", sayCause(read.cause), read.path);
    const draft = {
      ...read.event,
      identities: [named.value],
      context: { ...read.event.context, isTest: true, sentBy: signature(actor) },
    };
    const bodyHash = createHash("sha256").update(JSON.stringify(said)).digest("base64url");
    const arrival = { workspace, id, messageId: said.messageId, bodyHash, isTrusted: false, draft, said };
    const { lanes } = await takeIn(tx, [arrival]);
    tx.push(wakingLanes(lanes));
    const sent = await tx.one<{ member: string }>(
      sql`SELECT member_id AS member FROM event WHERE workspace_id = ${workspace} AND id = ${id}`,
    );
    await announce(tx, workspace, "events");
    return sent ? ok({ id, member: sent.member }) : refuse("not_found");
  },
});

/** By what an event can name a member: the shop's number first, then whatever they are known by. By identity_member. */
async function nameOf(tx: Tx, workspace: WorkspaceId, member: string): Promise<Outcome<Identity>> {
  const found = await tx.one<{ known: boolean; identity: Identity | null }>(sql`
    SELECT true AS known, (
      SELECT jsonb_build_object('kind', i.kind, 'value', i.value) FROM identity i WHERE i.workspace_id = m.workspace_id AND i.member_id = m.id
      ORDER BY i.kind = 'userId' DESC, i.kind = 'anonymousId' DESC, i.kind, i.value LIMIT 1) AS identity
    FROM member m WHERE m.workspace_id = ${workspace} AND m.id = ${member} AND m.merged_into IS NULL`);
  if (!found) return refuse("not_found", "no such member", ["who", "member"]);
  return found.identity
    ? ok(found.identity)
    : refuse("conflict", "the member has no number, phone or other name by which an event could mean them", [
        "who",
        "member",
      ]);
}
