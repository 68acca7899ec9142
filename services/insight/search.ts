import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { OfferNames } from "@/core/loyalty/offer-name";
import { normalEmail, normalPhone } from "@/core/members/identity";
import { ok } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { inTime, type Sql, sql, type Tx } from "@/platform/db";
import { can } from "../access/may";
import { useCase } from "../access/use-case";
import { LETTER_STATES } from "../debugger/letters";
import { membersNamed } from "../members/member-search";
import { namedLike } from "../offers/named-like";
import { numberedBy } from "./numbered-by";

const Named = z.object({ id: z.string(), name: z.string(), state: z.string().nullable() });
const Found = z.object({
  journeys: z.array(z.object({ id: z.string(), name: z.string(), state: z.string() })),
  members: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      phone: z.string().nullable(),
      email: z.string().nullable(),
      tier: z.string(),
    }),
  ),
  areMembersCut: z
    .boolean()
    .describe(
      "there are too many to look through for a part of a name at each letter: their list does, a whole phone or number always finds",
    ),
  segments: z.array(Named),
  offers: z.array(Named.extend({ names: OfferNames })),
  stores: z.array(Named).describe("also by code; closed ones have the state closed"),
  tasks: z.array(Named).describe("open ones"),
  runs: z.array(Named).describe("the one of that number, named by its member and journey"),
  orders: z
    .array(z.object({ event: z.string().nullable(), member: z.string(), name: z.string() }))
    .describe("of that order number, with the event that told the payment"),
  coupons: z
    .array(
      z.object({
        member: z.string(),
        memberName: z.string().nullable(),
        code: z.string(),
        name: z.string(),
        names: OfferNames,
        state: z.string(),
      }),
    )
    .describe("of that code, with the name of its offer"),
  messages: z.array(Named).describe("the one of that number, or of the provider's, named by its member and channel"),
  events: z
    .array(Named)
    .describe("the one of that number or message id, named by its event; the state is its member's name"),
  letters: z
    .array(z.object({ id: z.string(), name: z.string(), number: z.string().nullable(), state: z.enum(LETTER_STATES) }))
    .describe("events that could not be used, of that order number, message id or number; named by their event"),
});
export type Found = z.infer<typeof Found>;
type Named = z.infer<typeof Named>;

const MOST = 6;
/** As long as somebody who types waits for members by a part of their name; a few million can be looked through. */
const MEMBERS_WITHIN_MS = 700;

/**
 * For ⌘K: things by a part of their name; members by name's beginning, phone's end, email's beginning or an exact identity; whatever has a
 * number by its number. What the caller may not read is not looked for.
 */
export const search = useCase({
  may: "member.read",
  input: z.object({ q: z.string().trim().min(1).max(120) }),
  output: Found,
  says: "Things of the workspace by a few letters",
  async run({ tx, actor, now }, { q }) {
    const { workspace } = actor;
    const id = isUuid(q) ? q : null;
    const [journeys, segments, offers, stores, tasks, runs, numbered] = await Promise.all([
      tx.rows<Found["journeys"][number]>(sql`
        SELECT id, name, state FROM journey
        WHERE workspace_id = ${workspace} AND ${can(actor, "journey.read")} AND state <> 'archived' AND strpos(lower(name), lower(${q})) > 0
        ORDER BY (state = 'live') DESC, updated_at DESC LIMIT ${MOST}`),
      tx.rows<Named>(sql`
        SELECT id, name, NULL AS state FROM segment
        WHERE workspace_id = ${workspace} AND ${can(actor, "segment.read")} AND state <> 'deleted' AND strpos(lower(name), lower(${q})) > 0
        ORDER BY name LIMIT ${MOST}`),
      tx.rows<Found["offers"][number]>(sql`
        SELECT id, name, names, state FROM offer
        WHERE workspace_id = ${workspace} AND ${can(actor, "offer.read")} AND ${namedLike(sql`offer`, q)}
        ORDER BY (state = 'active') DESC, name LIMIT ${MOST}`),
      tx.rows<Named>(sql`
        SELECT id, name, CASE WHEN closed_at IS NOT NULL THEN 'closed' END AS state FROM store
        WHERE workspace_id = ${workspace} AND ${can(actor, "workspace.read")} AND (strpos(lower(name), lower(${q})) > 0 OR lower(code) = lower(${q}))
        ORDER BY closed_at NULLS FIRST, name LIMIT ${MOST}`),
      tx.rows<Named>(sql`
        SELECT id, title AS name, state FROM task
        WHERE workspace_id = ${workspace} AND ${can(actor, "task.read")} AND state = 'open' AND due_at > ${now} AND strpos(lower(title), lower(${q})) > 0
        ORDER BY due_at LIMIT ${MOST}`),
      tx.rows<Named>(sql`
        SELECT r.id, concat_ws(' · ', m.name, j.name) AS name, r.state FROM run r
        JOIN member m ON m.workspace_id = r.workspace_id AND m.id = r.member_id
        JOIN journey j ON j.workspace_id = r.workspace_id AND j.id = r.journey_id
        WHERE r.workspace_id = ${workspace} AND ${can(actor, "run.read")} AND r.id = ${id}::uuid`),
      numberedBy(tx, actor, q),
    ]);
    const members = await membersFor(tx, workspace, q);
    return ok<Found>({
      journeys,
      members: members ?? [],
      areMembersCut: members === undefined,
      segments,
      offers,
      stores,
      tasks,
      runs,
      ...numbered,
    });
  },
});

/**
 * Whom the letters name whole, and by a name's beginning, a phone's end, an email's beginning; a whole phone or email that is somebody's is not
 * looked for otherwise. undefined: not within the time.
 */
async function membersFor(tx: Tx, workspace: WorkspaceId, q: string): Promise<Found["members"] | undefined> {
  const lines = (where: Sql) =>
    tx.rows<Found["members"][number]>(sql`
      SELECT m.id, m.name, m.phone, m.email, m.tier FROM member m
      WHERE m.workspace_id = ${workspace} AND m.merged_into IS NULL AND ${where}
      ORDER BY m.last_seen_at DESC NULLS LAST LIMIT ${MOST}`);
  const whole = await lines(sql`m.id = ANY(${await membersNamed(tx, workspace, q)}::uuid[])`);
  const isAddress = normalPhone(q) !== undefined || normalEmail(q) !== undefined || isUuid(q);
  if (whole.length > 0 && isAddress) return whole;
  const digits = q.replace(/[\s()+-]/g, "");
  const ending = /^\d{3,}$/.test(digits) ? sql`OR right(m.phone, ${digits.length}) = ${digits}` : sql``;
  const alike = await inTime(tx, MEMBERS_WITHIN_MS, () =>
    lines(sql`(starts_with(lower(m.name), lower(${q})) OR starts_with(lower(m.email), lower(${q})) ${ending})`),
  );
  if (!alike) return whole.length > 0 ? whole : undefined;
  const others = alike.filter(({ id }) => whole.every((one) => one.id !== id));
  return [...whole, ...others].slice(0, MOST);
}
