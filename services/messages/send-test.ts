import { z } from "zod";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { normalEmail, normalPhone } from "@/core/members/identity";
import { CHANNELS, type ChannelKind, type Rendered } from "@/core/message/channel";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { LOCALES, type Locale } from "@/core/text";
import { config } from "@/platform/config";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";
import { renderPreview, sampling } from "./content/preview";
import { loadFor } from "./content/render";
import { readConditions } from "./gate/conditions";
import { accountsOf } from "./pumping/account";

const MARK: Record<Locale, string> = { en: "[Test] ", "zh-CN": "【测试】" };
const GOOD_FOR_MS = 10 * 60_000;

const SendTest = z.strictObject({
  channel: z.enum(CHANNELS),
  locale: z.enum(LOCALES),
  purpose: z.enum(["marketing", "service"]).default("marketing"),
  content: z.record(z.string(), z.unknown()),
  to: z
    .string()
    .trim()
    .max(320)
    .optional()
    .describe("a phone or an email address; a push goes to the member's own device"),
  member: z.uuid().optional().describe("whose details fill it in; absent = an invented member"),
  ...sampling,
});

/**
 * Sends one message to an address of one's own, marked as a test. It carries a sample coupon: none is issued, and nothing is counted
 * for a member. An address that asked to be left alone is refused here too. A demo's goes to the sandbox, as all that it sends.
 */
export const sendTest = useCase({
  may: "message.write",
  input: SendTest,
  audit: "message.tested",
  records: ({ channel, to, member }) => ({ channel, to, member }),
  output: z.object({ to: z.string(), provider: z.string() }),
  says: "Send a test of content to an address of one's own",
  beforehand: (_, { channel }) => loadFor(channel),
  async run(
    { tx, actor: { workspace }, now, newId, afterwards },
    input,
  ): Promise<Outcome<{ to: string; provider: string }>> {
    const { channel, locale } = input;
    const { isStopped, isDemo } = await readConditions(tx, workspace);
    if (isStopped) return refuse("refused", "all sending is stopped; start it again first");
    const to = await addressOf(tx, workspace, input);
    if (!to.ok) return to;
    const suppressed = await tx.one(sql`
      SELECT 1 FROM suppression WHERE workspace_id = ${workspace} AND channel = ${channel} AND address = ${to.value.mark}`);
    if (suppressed) return refuse("suppressed", "this address asked to be left alone, or bounced", ["to"]);
    const rendered = await renderPreview(tx, workspace, input, now);
    if (!rendered.ok) return rendered;
    const [account] = accountsOf(channel, { isDemo });
    const key = newId();
    afterwards(async () => {
      const sent = await account.send(
        {
          key,
          to: to.value.address,
          content: marked(rendered.value, locale),
          callbackUrl: `${config().PUBLIC_API_URL}/callbacks/${account.name}/${workspace}?key=${key}`,
          expiresAt: new Date(now.getTime() + GOOD_FOR_MS),
        },
        AbortSignal.timeout(account.timeoutMs),
      );
      if (sent.is === "accepted") return undefined;
      return sent.is === "unknown"
        ? refuse("busy", "the provider did not answer in time; the test may have arrived or not")
        : refuse("refused", sent.reason);
    });
    return ok({ to: to.value.shown, provider: account.name });
  },
});

type Address = { address: string; mark: string; shown: string };

async function addressOf(
  tx: Tx,
  workspace: WorkspaceId,
  { channel, to = "", member }: z.output<typeof SendTest>,
): Promise<Outcome<Address>> {
  if (channel === "push") return deviceOf(tx, workspace, member);
  const normal = channel === "sms" ? normalPhone(to) : normalEmail(to);
  return normal
    ? ok({ address: normal, mark: normal, shown: normal })
    : refuse("invalid", channel === "sms" ? "should be a phone number" : "should be an email address", ["to"]);
}

/** A push needs a browser that subscribed: the newest of the member that the preview shows. */
async function deviceOf(tx: Tx, workspace: WorkspaceId, member: string | undefined): Promise<Outcome<Address>> {
  const found =
    member &&
    (await tx.one<{ value: string; endpoint: string }>(sql`
      SELECT value, value::jsonb ->> 'endpoint' AS endpoint FROM identity
      WHERE workspace_id = ${workspace} AND kind = 'push' AND member_id = ${member as MemberId}
      ORDER BY created_at DESC LIMIT 1`));
  return found
    ? ok({ address: found.value, mark: found.endpoint, shown: new URL(found.endpoint).host })
    : refuse("no_address", "choose yourself as the member: a push goes to a browser that subscribed", ["member"]);
}

function marked(rendered: Rendered[ChannelKind], locale: Locale): Rendered[ChannelKind] {
  const mark = MARK[locale];
  if ("html" in rendered) return { ...rendered, subject: mark + rendered.subject };
  return "title" in rendered ? { ...rendered, title: mark + rendered.title } : { text: mark + rendered.text };
}
