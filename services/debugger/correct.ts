import { createHash } from "node:crypto";
import { z } from "zod";
import type { Arrival } from "@/core/events/arrival";
import { CAUSES, type Cause, sayCause } from "@/core/events/letter-cause";
import { isMessageType, type MessageType, normalise } from "@/core/events/normalise";
import { ourName } from "@/core/events/segment-names";
import { canonical } from "@/core/hash";
import type { EventId, WorkspaceId } from "@/core/ids";
import { asObject } from "@/core/objects";
import { type Outcome, ok, type Refused, refuse } from "@/core/refusals";
import type { Text } from "@/core/text";
import { isUuid } from "@/core/uuid";
import { Words } from "@/core/words";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";
import { wakingLanes } from "../events/wake-lanes";
import { takeIn } from "../intake/ingest";
import { announce } from "../rings/announce";
import { type DeadLetter, originOf, readLetters, SET_ASIDE } from "./letters";

const EVENT_BYTES = 32 * 1024;
const Corrected = z.strictObject({
  letter: z.uuid(),
  message: z
    .record(z.string(), z.unknown(), { error: "should be a JSON object" })
    .refine((message) => Buffer.byteLength(JSON.stringify(message)) <= EVENT_BYTES, "an event should be at most 32 KB")
    .describe("the event as it should have been said, in Segment's form; its messageId is the letter's to choose"),
});

/** What stands in the editor when a letter is opened for correction. */
export const draftCorrection = useCase({
  may: "event.read",
  input: z.strictObject({ letter: z.uuid() }),
  says: "A letter's event as it was said, to be corrected",
  output: z.object({ message: z.record(z.string(), z.unknown()), messageId: z.string() }),
  async run({ tx, actor: { workspace } }, { letter }) {
    const opened = await openLetter(tx, workspace, letter, false);
    if (!opened.ok) return opened;
    const { said, messageId } = opened.value.origin;
    const { messageId: _, ...message } = said;
    return ok({ message, messageId });
  },
});

/**
 * Whether a corrected event would be taken, without sending it: `problems` has all that is still wrong, each with its place and what would be
 * right. What is no event at all is refused, like anything malformed.
 */
export const checkCorrection = useCase({
  may: "event.write",
  input: Corrected,
  says: "Check a corrected event without sending it",
  output: z.object({
    name: z.string().describe("the event it would be"),
    problems: z.array(
      z.object({
        path: z.array(z.union([z.string(), z.number()])),
        says: Words,
        cause: z.enum(CAUSES),
        facts: z.record(z.string(), z.string()).describe("what the cause is about: what was wanted there"),
      }),
    ),
    isLate: z.boolean().describe("more than a day after it happened: goals and exits act, but it begins no journey"),
    warnings: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), says: Words })),
  }),
  async run({ tx, actor: { workspace }, now, newId }, { letter, message }): Promise<Outcome<Checked>> {
    const opened = await openLetter(tx, workspace, letter, false);
    if (!opened.ok) return opened;
    const read = await readCorrected(tx, workspace, opened.value, message, now, newId<EventId>());
    if (read.is === "refused") return read.refused;
    if (read.is === "rejected") return ok({ name: read.name, isLate: false, warnings: [], problems: read.problems });
    const { arrival, warnings } = read;
    return ok({
      name: arrival.draft.name,
      problems: [],
      isLate: now.getTime() - arrival.draft.occurredAt > DAY_MS,
      warnings,
    });
  },
});

/**
 * Sends a letter's event again as it was corrected, in one transaction with the letter: a new event, with the id under which the first could
 * have acted. So it acts once, also when its sender mends and repeats it, or two correct it at one instant.
 */
export const correctDeadLetter = useCase({
  may: "event.write",
  input: Corrected,
  audit: "dead_letter.corrected",
  records: ({ letter }) => ({ letter }),
  says: "Send a rejected event again, corrected",
  output: z.object({ id: z.string(), event: z.string(), member: z.string() }),
  async run({ tx, actor: { workspace }, now, newId }, { letter, message }) {
    const opened = await openLetter(tx, workspace, letter, true);
    if (!opened.ok) return opened;
    const id = newId<EventId>();
    const read = await readCorrected(tx, workspace, opened.value, message, now, id);
    if (read.is === "refused") return read.refused;
    if (read.is === "rejected") {
      const [first] = read.problems;
      return refuse("invalid", first?.says, first?.path);
    }
    const { fresh, lanes } = await takeIn(tx, [read.arrival]);
    if (fresh === 0)
      return refuse("conflict", "an event with this message id was accepted meanwhile: its sender sent it again");
    tx.push(wakingLanes(lanes));
    await tx.run(sql`
      UPDATE dead_letter SET replayed_at = ${now}, corrected_as = ${id} WHERE workspace_id = ${workspace} AND id = ${letter}`);
    const sent = await tx.one<{ member: string }>(
      sql`SELECT member_id AS member FROM event WHERE workspace_id = ${workspace} AND id = ${id}`,
    );
    await announce(tx, workspace, "events");
    return sent ? ok({ id: letter, event: id, member: sent.member }) : refuse("not_found");
  },
});

const DAY_MS = 86_400_000;
type Opened = { letter: DeadLetter; origin: Extract<ReturnType<typeof originOf>, { ok: true }>["value"] };

async function openLetter(tx: Tx, workspace: WorkspaceId, id: string, locks: boolean): Promise<Outcome<Opened>> {
  if (locks) await tx.run(sql`SELECT 1 FROM dead_letter WHERE workspace_id = ${workspace} AND id = ${id} FOR UPDATE`);
  const [letter] = await readLetters(tx, sql`d.workspace_id = ${workspace} AND d.id = ${id}`, 1);
  if (!letter) return refuse("not_found", "no such dead letter");
  if (letter.replayedAt) return refuse("conflict", "it was dealt with before");
  if (letter.setAside) return refuse("conflict", SET_ASIDE);
  if (letter.kind !== "event") return refuse("conflict", "it is no event");
  const { id: event } = asObject(letter.payload);
  const accepted =
    typeof event === "string" && isUuid(event)
      ? await tx.one<{ context: Record<string, unknown> }>(
          sql`SELECT context FROM event WHERE workspace_id = ${workspace} AND id = ${event}`,
        )
      : undefined;
  const origin = originOf(letter, accepted?.context);
  return origin.ok ? ok({ letter, origin: origin.value }) : origin;
}

type Checked = { name: string; isLate: boolean; warnings: Place[]; problems: Found[] };
type Place = { path: (string | number)[]; says: Text };
type Found = Place & { cause: Cause["code"]; facts: Cause["facts"] };
type Read =
  | { is: "event"; arrival: Arrival; warnings: Place[] }
  | { is: "rejected"; name: string; problems: Found[] }
  | { is: "refused"; refused: Refused };

async function readCorrected(
  tx: Tx,
  workspace: WorkspaceId,
  { letter, origin }: Opened,
  message: Record<string, unknown>,
  now: Date,
  id: EventId,
): Promise<Read> {
  const home = await tx.one<{ currency: string }>(sql`SELECT currency FROM workspace WHERE id = ${workspace}`);
  const { messageId } = origin;
  const type = isMessageType(message.type) ? message.type : origin.type;
  const isTrusted = origin.isTrusted && vouchedFor(type, message) === vouchedFor(origin.type, origin.said);
  const said = { ...message, messageId };
  const read = normalise(
    // An event without an instant of its own happened when it first came.
    { timestamp: letter.at.toISOString(), ...said },
    type,
    { receivedAt: now.getTime(), currency: home?.currency ?? "CNY", isTrusted },
  );
  if (read.is === "malformed")
    return {
      is: "refused",
      refused: {
        ...refuse("invalid", read.says, ["message", ...read.path]),
        ...(read.chinese !== undefined && { chinese: read.chinese }),
      },
    };
  if (read.is === "rejected")
    return {
      is: "rejected",
      name: read.name,
      problems: [read, ...(read.others ?? [])].map(({ cause, path }) => ({
        path: ["message", ...path],
        says: sayCause(cause),
        cause: cause.code,
        facts: cause.facts,
      })),
    };
  const bodyHash = createHash("sha256").update(JSON.stringify(said)).digest("base64url");
  const draft = { ...read.event, context: { ...read.event.context, correctedFrom: letter.id } };
  const arrival = { workspace, id, messageId, bodyHash, isTrusted, draft, said };
  return { is: "event", arrival, warnings: read.untaken };
}

/**
 * What a server's key vouches for: which event it is, about whom, and what it says of them (a tier is a trait). A corrected event that differs
 * in it is its corrector's word, who may say no more than anybody.
 */
function vouchedFor(type: MessageType, message: Record<string, unknown>): string {
  const { event, userId, anonymousId, previousId, traits, context } = message;
  const { externalIds = null, traits: inContext = null } = asObject(context);
  const ids = [userId, anonymousId, previousId].map((id) => String(id ?? "").trim());
  const name = type === "track" ? ourName(String(event)).name : type;
  return canonical([type, name, ids, externalIds, traits ?? null, inContext]);
}
