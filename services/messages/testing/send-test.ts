import { z } from "zod";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { normalEmail, normalPhone } from "@/core/members/identity";
import { CHANNELS, type ChannelKind, type Rendered } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import { type Outcome, ok, refuse, refuseUntil } from "@/core/refusals";
import { date } from "@/core/rules/words";
import { LOCALES, type Locale } from "@/core/text";
import { config } from "@/platform/config";
import { sql, type Tx, write } from "@/platform/db";
import { signature } from "../../access/actor";
import { useCase } from "../../access/use-case";
import { renderPreview, sampling } from "../content/preview";
import { loadFor } from "../content/render";
import { type Conditions, readConditions } from "../gate/conditions";
import { addSpending, lockSpending, ofMonth } from "../gate/spending";
import { readCircuits } from "../providers/circuits";
import { accountsOf } from "../pumping/account";
import { carrierOf, carry } from "./carrier";
import { forgetTest, MOST_TESTS, noteTest } from "./note-test";

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
 * It costs what a message costs, keeps to the provider's rate and circuit, and one tester sends `MOST_TESTS` a day (decision 106).
 */
export const sendTest = useCase({
  may: "message.write",
  input: SendTest,
  audit: "message.tested",
  records: ({ channel, to, member }) => ({ channel, to, member }),
  output: z.object({ to: z.string(), provider: z.string() }),
  says: `Send a test of content to an address of one's own; ${MOST_TESTS} in 24 hours at most for one person or key`,
  async beforehand(_, { channel }) {
    await loadFor(channel);
    return readCircuits(accountsOf(channel, { isDemo: false }).map(({ name }) => name));
  },
  async run(
    { tx, actor, now, newId, afterwards },
    input,
    circuits,
  ): Promise<Outcome<{ to: string; provider: string }>> {
    const { channel, locale } = input;
    const { workspace } = actor;
    const conditions = await readConditions(tx, workspace);
    if (conditions.isStopped) return refuse("refused", "all sending is stopped; start it again first");
    const to = await addressOf(tx, workspace, input);
    if (!to.ok) return to;
    const suppressed = await tx.one(sql`
      SELECT 1 FROM suppression WHERE workspace_id = ${workspace} AND channel = ${channel} AND address = ${to.value.mark}`);
    if (suppressed) return refuse("suppressed", "this address asked to be left alone, or bounced", ["to"]);
    const carrier = carrierOf(accountsOf(channel, conditions), circuits, now.getTime());
    if (!carrier.ok) return carrier;
    const tester = signature(actor);
    const free = await noteTest(tx, workspace, tester, now);
    if (free) return tooMany(free, now, conditions.zone);
    const rendered = await renderPreview(tx, workspace, input, now);
    if (!rendered.ok) return rendered;
    const content = marked(rendered.value, locale);
    const cost = costOf(channel, content, conditions);
    const month = ofMonth(now, conditions.zone);
    if (!(await spend(tx, workspace, { month, cost, purpose: input.purpose }, conditions)))
      return refuse("over_budget", {
        en: "this month's budget for promotions does not cover it; raise it in Settings, or test content that is no promotion",
        "zh-CN": "本月营销预算不足以支付这条测试消息；请在设置中提高预算，或测试非营销内容",
      });
    const { account } = carrier.value;
    const key = newId();
    afterwards(async () => {
      const sent = await carry(carrier.value, {
        key,
        to: to.value.address,
        content,
        callbackUrl: `${config().PUBLIC_API_URL}/callbacks/${account.name}/${workspace}?key=${key}`,
        expiresAt: new Date(now.getTime() + GOOD_FOR_MS),
      });
      if ("is" in sent && sent.is === "accepted") return undefined;
      if ("is" in sent && sent.is === "unknown")
        return refuse("busy", "the provider did not answer in time; the test may have arrived or not");
      const wasCalled = "is" in sent;
      await write(workspace, async (later) => {
        if (!wasCalled) forgetTest(later, workspace, tester, now);
        addSpending(later, workspace, new Map([[month, -cost]]));
      });
      return wasCalled ? refuse("refused", sent.reason) : sent;
    });
    return ok({ to: to.value.shown, provider: account.name });
  },
});

function tooMany(free: Date, now: Date, zone: string): Outcome<never> {
  const at = (locale: Locale): string => date(free.toISOString(), locale, zone);
  return refuseUntil(
    "too_many_requests",
    {
      en: `${MOST_TESTS} tests in 24 hours are the most that one may send; the next may go on ${at("en")} (${zone})`,
      "zh-CN": `每人 24 小时内最多发送 ${MOST_TESTS} 条测试消息；${at("zh-CN")}（${zone}）起可以再发`,
    },
    (free.getTime() - now.getTime()) / 1000,
  );
}

const costOf = (channel: ChannelKind, content: Rendered[ChannelKind], { settings }: Conditions): number =>
  settings.prices[channel] * (channel === "sms" && "text" in content ? channels.sms.parts({ text: content.text }) : 1);

/** Spends what a test costs; false where it is a promotion's and the month's budget does not cover it, and nothing is spent. */
async function spend(
  tx: Tx,
  workspace: WorkspaceId,
  { month, cost, purpose }: { month: string; cost: number; purpose: "marketing" | "service" },
  { settings: { monthlyBudget } }: Conditions,
): Promise<boolean> {
  if (cost === 0) return true;
  const spent = (await lockSpending(tx, workspace, [month])).get(month) ?? 0;
  if (purpose === "marketing" && monthlyBudget !== null && spent + cost > monthlyBudget) return false;
  addSpending(tx, workspace, new Map([[month, cost]]));
  return true;
}

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
