import type { Faults } from "./faults";
import type { Answer, Asked, Server } from "./http";
import type { Inbox } from "./inbox";
import { decrypt, vapidKey } from "./push-crypto";
import type { Subscriptions } from "./subscriptions";

/** A push service (RFC 8030) and the browser behind it, which opens what it gets. */
export function pushServer(inbox: Inbox, subscriptions: Subscriptions, faults: Faults, clock: () => Date): Server {
  return async (asked) => {
    const id = /^\/push\/([\w-]+)$/.exec(asked.url.pathname)?.[1];
    if (id === undefined) return undefined;
    if (asked.method !== "POST") return { status: 405 };
    const fault = faults.take("push", "404", "410", "429", "500", "503", "hang", "accept-then-cut");
    if (fault === "hang") return "hang";
    if (fault !== undefined && fault !== "accept-then-cut")
      return { status: Number(fault), ...(fault === "429" && { headers: { "retry-after": "1" } }) };
    const keys = subscriptions.get(id);
    if (keys === undefined) return { status: 404 };
    if (keys === "gone") return { status: 410 };
    const refused = wrongness(asked, clock());
    if (refused) return refused;

    let payload: string;
    try {
      payload = asked.body.length === 0 ? "" : decrypt(asked.body, keys);
    } catch (error) {
      return { status: 400, json: { error: `cannot be opened: ${error instanceof Error ? error.message : "failed"}` } };
    }
    const { authorization: _secret, ...headers } = asked.headers;
    const received = await inbox.add(
      {
        channel: "push",
        to: asked.url.href,
        from: String(asked.headers.authorization?.split("k=")[1] ?? ""),
        payload,
        ...keyIn(payload),
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      },
      clock(),
    );
    return fault === "accept-then-cut"
      ? "cut"
      : { status: 201, headers: { location: `${asked.url.origin}/push/messages/${received.id}` } };
  };
}

function wrongness({ headers, url, body }: Asked, now: Date): Answer | undefined {
  if (!/^\d+$/.test(String(headers.ttl ?? ""))) return { status: 400, json: { error: "TTL is missing" } };
  if (body.length > 4096) return { status: 413 };
  if (body.length > 0 && headers["content-encoding"] !== "aes128gcm") return { status: 415 };
  if (headers.topic !== undefined && !/^[\w-]{1,32}$/.test(String(headers.topic)))
    return { status: 400, json: { error: "Topic is not valid" } };
  if (vapidKey(headers.authorization, url.origin, now) === undefined)
    return { status: 403, json: { error: "VAPID is not valid" } };
  return undefined;
}

/** A sender may mark its payload; shown in the inbox so that a message can be found by its mark. */
function keyIn(payload: string): { key?: string } {
  try {
    const { key }: Record<string, unknown> = JSON.parse(payload);
    return typeof key === "string" ? { key } : {};
  } catch {
    return {};
  }
}
