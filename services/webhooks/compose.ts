import { originOf } from "@/core/journey/parts/webhook";
import { fillText } from "../messages/content/render";
import { type Surroundings, scopeOf } from "../messages/content/scope-of";
import type { Claimed } from "./claim";
import type { Outgoing } from "./post";
import { type SigningKeys, signed } from "./sign";

const LONGEST_URL = 4000;
const LONGEST_HEADER = 2000;
const LONGEST_BODY = 65_536;

export type Composed = { ok: true; outgoing: Outgoing } | { ok: false; reason: string };

/** A call with everything filled in and signed, or why it cannot be made. */
export function compose(call: Claimed, around: Surroundings, keys: SigningKeys, now: Date): Composed {
  const step = call.plan?.steps[call.step];
  const effect = step?.op === "apply" ? step.effects[call.effect] : undefined;
  if (effect?.type !== "callWebhook") return { ok: false, reason: "content_missing" };
  const reader = { channel: "sms", purpose: "service", variables: call.variables, entry: call.entry } as const;
  const scope = scopeOf(around, call.member, reader, around.workspace.locale, now);
  const fill = (template: string, most: number) => fillText(template, scope, most);
  const url = fill(effect.url, LONGEST_URL);
  const body =
    effect.body.trim() === ""
      ? { ok: true as const, value: plainBody(call, scope.member) }
      : fill(effect.body, LONGEST_BODY);
  const headers = effect.headers.map(({ name, value }) => ({
    name: name.toLowerCase(),
    filled: fill(value, LONGEST_HEADER),
  }));
  const failed = [url, body, ...headers.map(({ filled }) => filled)].find((one) => !one.ok);
  if (failed && !failed.ok)
    return { ok: false, reason: `content_failed: ${failed.detail ?? failed.cause}`.slice(0, 300) };
  if (!url.ok || !body.ok) return { ok: false, reason: "content_failed" };
  // Values stand behind the host only; one that reached it all the same leads nowhere.
  if (!URL.canParse(url.value) || new URL(url.value).origin !== originOf(effect.url))
    return { ok: false, reason: "bad_address" };
  return {
    ok: true,
    outgoing: {
      method: effect.method,
      url: new URL(url.value),
      headers: {
        "content-type": "application/json",
        ...Object.fromEntries(headers.map(({ name, filled }) => [name, filled.ok ? oneLine(filled.value) : ""])),
        "user-agent": "Regulars-Webhook/1",
        ...signed(around.workspace.id, call.id, body.value, keys, now),
      },
      body: body.value,
    },
  };
}

/** No value breaks out of its header. */
const oneLine = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]+/g, " ").trim();

const plainBody = ({ run, journey, member, entry }: Claimed, known: Record<string, unknown>): string =>
  JSON.stringify({
    journey,
    run,
    member: { id: member.id, ...known },
    event: entry
      ? { name: entry.name, properties: entry.properties, occurred_at: new Date(entry.occurredAt ?? 0) }
      : null,
  });
