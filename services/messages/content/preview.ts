import { z } from "zod";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { malformed } from "@/core/issues";
import { CHANNELS, type ChannelKind, type Rendered } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import type { Scope } from "@/core/message/scope";
import { asWired } from "@/core/message/wire-words";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { LOCALES, type Locale } from "@/core/text";
import type { Tx } from "@/platform/db";
import { can } from "../../access/may";
import { useCase } from "../../access/use-case";
import { loadMembers } from "../../members/load";
import { fillIn } from "./fill-in";
import { templateProblems } from "./render";
import { scopeOf, surroundings } from "./scope-of";

const Preview = z.strictObject({
  channel: z.enum(CHANNELS),
  locale: z.enum(LOCALES),
  purpose: z.enum(["marketing", "service"]).default("marketing"),
  content: z.record(z.string(), z.unknown()),
  member: z.uuid().optional().describe("whose details fill it in; absent = an invented member"),
});

/** Content as it would arrive, for a real member or an invented one; with a sample coupon, and nothing is issued or sent. */
export const previewMessage = useCase({
  may: "journey.read",
  input: Preview,
  says: "Render content without sending it",
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
  { channel, locale, purpose, content, member }: z.output<typeof Preview>,
  now: Date,
): Promise<Outcome<Rendered[ChannelKind]>> {
  const parsed = channels[channel].content.safeParse(content);
  if (!parsed.success) return malformed(parsed.error.issues, ["content"]);
  const [mistake] = await templateProblems(channel, parsed.data);
  if (mistake) return refuse("content_failed", mistake.says[locale], ["content", ...(mistake.path ?? [])]);
  const around = await surroundings(workspace, tx.rows);
  const sample = sampleScope(around.workspace, channel, purpose, locale, now);
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
  if (!rendered.ok) return refuse("content_failed", rendered.detail, ["content"]);
  const to = typeof scope.member.phone === "string" ? scope.member.phone : null;
  return ok(asWired(channel, rendered.value, { purpose, locale, to, ...around }));
}

const SAMPLE_DAYS = 30;
const NAMES: Record<Locale, { name: string; offer: string }> = {
  en: { name: "Lin", offer: "20 off 100" },
  "zh-CN": { name: "小林", offer: "满100减20" },
};

function sampleScope(
  workspace: { name: string; timeZone: string; currency: string },
  channel: ChannelKind,
  purpose: string,
  locale: Locale,
  now: Date,
): Scope {
  const { name, offer } = NAMES[locale];
  const expires = new Date(now.getTime() + SAMPLE_DAYS * 86_400_000).toISOString();
  return {
    locale,
    timeZone: workspace.timeZone,
    now,
    currency: workspace.currency,
    member: {
      name,
      phone: "+8613800000000",
      email: "lin@example.com",
      tier: "gold",
      points: 1280,
      orders: 12,
      spent: 168_000,
      visits: 20,
      tags: [],
      attributes: {},
    },
    event: { name: "order_paid", amount: 12_800, order_id: "A-1", properties: { amount: 12_800, order_id: "A-1" } },
    coupons: [{ code: "SAMPLE123456", name: offer, expires_at: expires }],
    workspace: { name: workspace.name },
    links: purpose === "marketing" ? { unsubscribe: `https://example.com/${channel}/unsubscribe` } : {},
  };
}
