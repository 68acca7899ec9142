import type { Sent } from "@/channels/provider";
import type { WorkspaceId } from "@/core/ids";
import type { ChannelKind, Rendered } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import type { Content } from "@/core/message/content";
import { inLanguage } from "@/core/message/language";
import type { Plan } from "@/core/plan/plan";
import type { Locale } from "@/core/text";
import { config } from "@/platform/config";
import type { Account } from "./account";
import type { Claimed } from "./claim";
import { fillIn } from "./fill-in";
import { unsubscribeLinks } from "./link";
import { type Surroundings, scopeOf } from "./scope-of";

/** What became of one claimed message. `released`: the call did not begin in time, so it goes back to the queue untouched. */
export type Delivery = { message: Claimed; rendered: unknown; sent: Sent | { is: "released" } };

/** A call begins this soon after its claim, or not at all: so nothing leaves later than 5 s after a withdrawal. */
const BEGINS_WITHIN_MS = 2000;

/** Renders one message and hands it to the provider. Never throws for what content or provider can do. */
export async function deliver(
  workspace: WorkspaceId,
  channel: ChannelKind,
  account: Account,
  message: Claimed,
  plan: Plan | undefined,
  around: Surroundings,
  began: number,
): Promise<Delivery> {
  const content = contentOf(message, plan);
  const chosen = content && inLanguage(content, message.member.locale, around.workspace.locale);
  if (!chosen) return { message, rendered: null, sent: failed("content_missing") };
  const parsed = channels[channel].content.safeParse(chosen.content);
  if (!parsed.success) return { message, rendered: null, sent: failed("content_invalid") };
  const scope = scopeOf(
    around,
    message.member,
    { channel, purpose: message.purpose, variables: message.variables, entry: message.entry },
    chosen.locale,
    message.claimedAt,
  );
  const rendered = await fillIn(channel, parsed.data, scope, message.purpose);
  if (!rendered.ok) return { message, rendered: null, sent: failed(`${rendered.cause}: ${rendered.detail ?? ""}`) };
  if (performance.now() - began > BEGINS_WITHIN_MS) return { message, rendered: null, sent: { is: "released" } };
  const sent = await account.send(
    {
      key: message.id,
      to: message.address,
      content: rendered.value,
      expiresAt: message.expiresAt,
      beginBy: new Date(Date.now() + BEGINS_WITHIN_MS - (performance.now() - began)),
      callbackUrl: `${config().PUBLIC_API_URL}/callbacks/${account.name}/${workspace}?key=${message.id}`,
      ...(message.purpose === "marketing" && {
        unsubscribe: unsubscribeLinks({ workspace, member: message.member.id, channel }),
      }),
    },
    AbortSignal.timeout(account.timeoutMs),
  );
  return { message, rendered: kept(rendered.value), sent };
}

const failed = (reason: string): Sent => ({ is: "refused", lasting: true, suppress: false, reason });

/** Per language: from the immutable plan, or the row's own. */
function contentOf(message: Claimed, plan: Plan | undefined): Partial<Record<Locale, Content[ChannelKind]>> | null {
  if (message.content) return message.content;
  const step = message.step === null ? undefined : plan?.steps[message.step];
  const effect = step?.op === "apply" ? step.effects[message.effect ?? 0] : undefined;
  return effect?.type === "sendMessage" ? effect.content : null;
}

/** What the message's page shows later: the words, not the mail's markup, which is ten times as large. */
function kept(rendered: Rendered[ChannelKind]): object {
  if (!("html" in rendered)) return rendered;
  const { html: _, ...words } = rendered;
  return words;
}
