import { z } from "zod";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { malformed } from "@/core/issues";
import { CHANNELS, type ChannelKind, type ContentProblem, type Rendered } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import { type SampleOffer, sampleScope } from "@/core/message/sample/sample";
import type { Scope } from "@/core/message/scope";
import { asWired } from "@/core/message/wire-words";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { SEEN_TYPES } from "@/core/rules/seen";
import { LOCALES, type Text } from "@/core/text";
import { config } from "@/platform/config";
import { sql, type Tx } from "@/platform/db";
import { can } from "../../access/may";
import { useCase } from "../../access/use-case";
import { loadMembers } from "../../members/load";
import { sayFailure } from "./failure-words";
import { fillIn } from "./fill-in";
import { loadFor, templateProblems } from "./render";
import { scopeOf, surroundings } from "./scope-of";

const Types = z.record(z.string().max(120), z.enum(SEEN_TYPES));

/** What of the journey the sample is made of. */
export const sampling = {
  event: z
    .string()
    .max(200)
    .nullable()
    .default("order_paid")
    .describe("the name of the event that starts the run; null = none does"),
  offers: z
    .array(z.uuid())
    .max(40)
    .optional()
    .describe("the offers whose coupons the run holds, in the order of issue; absent = a coupon of no real offer"),
  answers: z
    .record(z.string().max(80), z.record(z.string().max(80), z.union([z.string().max(300), z.number()])))
    .default({})
    .describe("what came back to the run, by node and question"),
  own: z
    .strictObject({ attributes: Types.optional(), properties: Types.optional() })
    .default({})
    .describe("own attributes, and own properties of the event, by their paths, that the sample has a value of"),
};

const Preview = z.strictObject({
  channel: z.enum(CHANNELS),
  locale: z.enum(LOCALES),
  purpose: z.enum(["marketing", "service"]).default("marketing"),
  content: z.record(z.string(), z.unknown()),
  member: z.uuid().optional().describe("whose details fill it in; absent = an invented member"),
  ...sampling,
});

/** Content as it would arrive, for a real member or an invented one; with a sample coupon, and nothing is issued or sent. */
export const previewMessage = useCase({
  may: "journey.read",
  input: Preview,
  says: "Render content without sending it",
  // What mails are made with takes seconds to load on a busy machine; a transaction that stands so long is ended.
  beforehand: (_, { channel }) => loadFor(channel),
  async run({ tx, actor, now }, input) {
    if (input.member && !can(actor, "member.read"))
      return refuse("not_allowed", "to fill it in with a member's details this needs the permission member.read", [
        "member",
      ]);
    return renderPreview(tx, actor.workspace, input, now);
  },
});

/** Content filled in for a real member or an invented one, with a sample coupon. */
export async function renderPreview(
  tx: Tx,
  workspace: WorkspaceId,
  { channel, locale, purpose, content, member, event, offers, answers, own }: z.output<typeof Preview>,
  now: Date,
): Promise<Outcome<Rendered[ChannelKind]>> {
  const parsed = channels[channel].content.safeParse(content);
  if (!parsed.success) return malformed(parsed.error.issues, ["content"]);
  const mistakes = await templateProblems(channel, parsed.data, purpose);
  if (mistakes[0]) return refuse("content_failed", allOf(mistakes), ["content", ...(mistakes[0].path ?? [])]);
  const around = await surroundings(workspace, tx.rows);
  const sample = sampleScope({
    ...around,
    purpose,
    locale,
    now,
    event,
    offers: offers && (await offersOf(tx, workspace, offers)),
    answers,
    own,
    links: config().PUBLIC_API_URL,
  });
  let scope: Scope = sample;
  if (member) {
    const found = (await loadMembers(tx, workspace, [member as MemberId])).get(member as MemberId);
    if (!found) return refuse("not_found", "no such member", ["member"]);
    scope = {
      ...sample,
      member: scopeOf(around, found, { channel, purpose, variables: {}, entry: null }, locale, now).member,
    };
  }
  const rendered = await fillIn(channel, parsed.data, scope, purpose);
  if (!rendered.ok) return refuse("content_failed", sayFailure(rendered), ["content", ...(rendered.path ?? [])]);
  const to = typeof scope.member.phone === "string" ? scope.member.phone : null;
  return ok(asWired(channel, rendered.value, { purpose, locale, to, ...around }));
}

/** Every mistake, each once, for the reader of whichever language asks. */
function allOf(mistakes: ContentProblem[]): Text {
  const said = [...new Map(mistakes.map(({ says }) => [says.en, says])).values()];
  return { en: said.map(({ en }) => en).join(" "), "zh-CN": said.map((says) => says["zh-CN"]).join("") };
}

/** The offers as a preview shows them, in the order asked for; one that does not exist is left out. */
async function offersOf(tx: Tx, workspace: WorkspaceId, ids: readonly string[]): Promise<SampleOffer[]> {
  const rows = await tx.rows<SampleOffer>(sql`
    SELECT o.id, o.name, o.names, o.terms -> 'validity' AS validity
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS asked (id, place)
    JOIN offer o ON o.workspace_id = ${workspace} AND o.id = asked.id
    ORDER BY asked.place`);
  return rows;
}
