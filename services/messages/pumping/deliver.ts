import { NOT_BEGUN, type Outgoing, type Sent } from "@/channels/provider";
import type { WorkspaceId } from "@/core/ids";
import type { LoadedMember } from "@/core/members/loaded-member";
import type { ChannelKind, Rendered } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import { SMS_LIMIT } from "@/core/message/channels/sms";
import type { Content } from "@/core/message/content";
import { inLanguage } from "@/core/message/language";
import { asWired } from "@/core/message/wire-words";
import type { Plan } from "@/core/plan/plan";
import type { Locale } from "@/core/text";
import { config } from "@/platform/config";
import { fillIn } from "../content/fill-in";
import { unsubscribeLinks } from "../content/link";
import { type Surroundings, scopeOf } from "../content/scope-of";
import type { Waiting } from "../gate/waiting";
import { type Tracked, track } from "../links/track";
import type { Account } from "./account";
import type { Claimed } from "./claim";

/**
 * What became of one claimed message. `released`: the call did not begin, for a reason of our own, so it goes back to the queue untouched.
 * `isOurs`: there was no call, or we cut it, or stood still meanwhile, so its end says nothing of the provider.
 */
export type Delivery = { message: Claimed; sent: Sent | { is: "released" }; isOurs?: true };
/** A message with its words, or why it has none. */
export type Prepared =
  | { message: Claimed; ok: true; content: Rendered[ChannelKind]; words: object }
  | { message: Claimed; ok: false; reason: string };

/** A call begins this soon after its claim, or not at all: so nothing leaves later than 5 s after a withdrawal. */
const BEGINS_WITHIN_MS = 2000;
/** A call that ends so long after its time-out was not waited for: this process stood still. */
const STALLED_MS = 2000;
/** A provider that is told to stop has this long to say so; less than what counts as our own standing still. */
const DEAF_MS = 1000;
/** Why a call is cut when this process ends before it does. */
export const STOPPED = Symbol("stopped");

type Filled = { ok: true; content: Rendered[ChannelKind]; words: object } | { ok: false; reason: string };

/** A message for its member as the wire will carry it: filled in, marked as the law wants, its links tracked where the workspace wants that. */
export async function wordsOf(
  channel: ChannelKind,
  message: Waiting,
  member: LoadedMember,
  plan: Plan | undefined,
  around: Surroundings,
  now: Date,
): Promise<Filled> {
  const content = contentOf(message, plan);
  const chosen = content && inLanguage(content, member.locale, around.workspace.locale);
  if (!chosen) return { ok: false, reason: "content_missing" };
  const valid = validContent(channel, chosen.content);
  if (valid === undefined) return { ok: false, reason: "content_invalid" };
  const of = { channel, purpose: message.purpose, variables: message.variables, entry: message.entry };
  const rendered = await fillIn(channel, valid, scopeOf(around, member, of, chosen.locale, now), message.purpose);
  if (!rendered.ok) return { ok: false, reason: `${rendered.cause}: ${rendered.detail ?? ""}` };
  const wired = asWired(channel, rendered.value, {
    purpose: message.purpose,
    locale: chosen.locale,
    to: member.phone,
    workspace: around.workspace,
    messaging: around.messaging,
  });
  if (channel === "sms" && "text" in wired && wired.text.length > SMS_LIMIT)
    return { ok: false, reason: `too_long: ${wired.text.length} characters, at most ${SMS_LIMIT}` };
  const tracked = track({ workspace: around.workspace.id, message: message.id }, channel, wired, around.messaging);
  return { ok: true, content: tracked.content, words: kept(channel, wired, tracked) };
}

/** A plan's content is the same object for all its messages. */
const known = new WeakMap<object, unknown>();

/** What a channel's schema makes of some content; undefined = it refuses it. */
function validContent(channel: ChannelKind, content: Content[ChannelKind]): unknown {
  if (known.has(content)) return known.get(content);
  const valid = channels[channel].content.safeParse(content).data;
  if (typeof content === "object") known.set(content, valid);
  return valid;
}

/** Renders one claimed message. */
export async function prepare(channel: ChannelKind, message: Claimed, around: Surroundings): Promise<Prepared> {
  return { message, ...(await wordsOf(channel, message, message.member, message.planOf, around, message.claimedAt)) };
}

/** Hands one message to the provider, unless `stop` is aborted before; past the provider's time-out it is given up. Never throws for what content or provider can do. */
export async function handOver(
  workspace: WorkspaceId,
  channel: ChannelKind,
  account: Account,
  prepared: Prepared,
  began: number,
  stop: AbortController,
): Promise<Delivery> {
  const { message } = prepared;
  if (!prepared.ok)
    return {
      message,
      sent: { is: "refused", lasting: true, suppress: false, reason: prepared.reason },
      isOurs: true,
    };
  const called = performance.now();
  if (called - began > BEGINS_WITHIN_MS) return { message, sent: { is: "released" } };
  const timer = setTimeout(() => stop.abort(), account.timeoutMs);
  const sent = await answered(
    account,
    {
      key: message.id,
      to: message.address,
      content: prepared.content,
      expiresAt: message.expiresAt,
      beginBy: new Date(Date.now() + BEGINS_WITHIN_MS - (called - began)),
      callbackUrl: `${config().PUBLIC_API_URL}/callbacks/${account.name}/${workspace}?key=${message.id}`,
      ...(message.purpose === "marketing" && {
        unsubscribe: unsubscribeLinks({ workspace, member: message.member.id, channel }),
      }),
    },
    stop.signal,
  );
  clearTimeout(timer);
  const isCut = stop.signal.reason === STOPPED;
  if (sent.is === "refused" && !sent.lasting && (isCut || sent.reason === NOT_BEGUN))
    return { message, sent: { is: "released" } };
  const isOurs = isCut || performance.now() - called > account.timeoutMs + STALLED_MS;
  return { message, sent, ...(isOurs && { isOurs }) };
}

/** What a provider made of a call. One that throws, or minds no signal to stop, keeps no slot for ever: what it does then is in doubt. */
function answered(account: Account, message: Outgoing, stop: AbortSignal): Promise<Sent> {
  return new Promise((resolve) => {
    const unknown = (): void => resolve({ is: "unknown" });
    const late = setTimeout(unknown, account.timeoutMs + DEAF_MS);
    account
      .send(message, stop)
      .then(resolve, unknown)
      .finally(() => clearTimeout(late));
  });
}

/** Per language: from the immutable plan, or the row's own. */
function contentOf(message: Waiting, plan: Plan | undefined): Partial<Record<Locale, Content[ChannelKind]>> | null {
  if (message.content) return message.content;
  const step = message.step === null ? undefined : plan?.steps[message.step];
  const effect = step?.op === "apply" ? step.effects[message.effect ?? 0] : undefined;
  return effect?.type === "sendMessage" ? effect.content : null;
}

/**
 * What the message's page shows later: the words, not a mail's markup, which is ten times as large. A text is kept as it leaves, because `find`
 * compares it, and with where its short links lead.
 */
function kept(channel: ChannelKind, wired: Rendered[ChannelKind], { content, links }: Tracked): object {
  if (channel === "sms") return links.length > 0 ? { ...content, links } : content;
  if (!("html" in wired)) return wired;
  const { html: _, ...words } = wired;
  return words;
}
