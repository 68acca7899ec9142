import webpush from "web-push";
import { z } from "zod";
import { PushSubscription } from "@/core/message/channels/push";
import { asksFor, meaning } from "./answer";
import type { Provider, Sent } from "./provider";
import { SOCKETS, wire } from "./wire";

export const WebPushSettings = z.object({
  publicKey: z.string().length(87),
  privateKey: z.string().length(43),
  /** Who the push service may write to. */
  subject: z.string().regex(/^(mailto:|https:)/),
  /**
   * Hosts that endpoints may lie on (`*.` for what lies below). Endpoints come from members' browsers: without this list anyone could
   * make us call any address.
   */
  hosts: z
    .array(z.string())
    .default([
      "fcm.googleapis.com",
      "updates.push.services.mozilla.com",
      "*.push.services.mozilla.com",
      "*.notify.windows.com",
      "*.push.apple.com",
    ]),
  timeoutMs: z.int().min(100).max(60_000).default(10_000),
});
export type WebPushSettings = z.infer<typeof WebPushSettings>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** RFC 8291 and the push services: one record of 4096 bytes, of which the encryption takes 103. */
const PAYLOAD_LIMIT = 3993;

/** Web push (RFC 8030) with VAPID (RFC 8292), encrypted for the browser by the web-push library. */
export const webPush: Provider<"push", WebPushSettings> = {
  channel: "push",
  settings: WebPushSettings,
  sandbox: {
    // A pair for the sandbox alone: it opens nothing.
    publicKey: "BOA0WGAmFbku4Ph9RkAfFbiWbk6W2p9n27JmfGh6pz8yamshC_7Sg9PiJh0RsNxGkrjh_llWN3IAABllOKTsZoI",
    privateKey: "gE4TmC09z4kiCEHAgY6L6QDqsfaOeVjT6i9ojNBVZJE",
    subject: "mailto:push@greenleaf.example",
    hosts: ["127.0.0.1:3002", "localhost:3002"],
    timeoutMs: 10_000,
  },
  atOnce: () => SOCKETS,

  async send(settings, message, stop): Promise<Sent> {
    const to = subscription(message.to);
    if (!to) return lasting("invalid_address", true);
    const endpoint = new URL(to.endpoint);
    if (!isAllowed(endpoint, settings.hosts)) return lasting("endpoint_not_allowed", false);
    const payload = JSON.stringify({ key: message.key, ...message.content });
    if (Buffer.byteLength(payload) > PAYLOAD_LIMIT) return lasting("too_large", false);

    let request: webpush.RequestDetails;
    try {
      request = webpush.generateRequestDetails(to, payload, {
        vapidDetails: { subject: settings.subject, publicKey: settings.publicKey, privateKey: settings.privateKey },
        TTL: Math.max(0, Math.floor((message.expiresAt.getTime() - Date.now()) / 1000)),
        contentEncoding: "aes128gcm",
        urgency: "normal",
        // A topic replaces an earlier undelivered one of the same name.
        ...(UUID.test(message.key) && { topic: message.key.replaceAll("-", "") }),
      });
    } catch (error) {
      // Keys of a subscription that are no point on the curve.
      return lasting(error instanceof Error ? error.message : "invalid_address", true);
    }
    const wired = await wire({
      method: "POST",
      url: request.endpoint,
      headers: headersOf(request.headers),
      body: request.body ?? Buffer.alloc(0),
      timeoutMs: settings.timeoutMs,
      stop,
      ...(message.beginBy && { beginBy: message.beginBy }),
    });
    if (wired.is === "lost")
      return wired.left ? { is: "unknown" } : { is: "refused", lasting: false, suppress: false, reason: wired.why };
    if (wired.status >= 200 && wired.status < 300)
      return { is: "accepted", ref: wired.headers.location ?? message.key };
    if (wired.status === 404 || wired.status === 410) return lasting(`${wired.status} subscription gone`, true);
    const means = meaning(wired.status);
    if (means === "unsure") return { is: "unknown" };
    return {
      is: "refused",
      lasting: means === "lasting",
      suppress: false,
      reason: `${wired.status} ${wired.body.slice(0, 200)}`.trim(),
      ...asksFor(wired.headers),
    };
  },
};

const lasting = (reason: string, suppress: boolean): Sent => ({ is: "refused", lasting: true, suppress, reason });

function subscription(address: string): PushSubscription | undefined {
  try {
    return PushSubscription.safeParse(JSON.parse(address)).data;
  } catch {
    return undefined;
  }
}

function isAllowed(endpoint: URL, hosts: string[]): boolean {
  if (endpoint.username !== "" || endpoint.password !== "") return false;
  // Plain HTTP only where a host is named with its port, as the sandbox is.
  return hosts.some((host) =>
    host === endpoint.host
      ? endpoint.protocol === "https:" || host.includes(":")
      : endpoint.protocol === "https:" && host.startsWith("*.") && endpoint.host.endsWith(host.slice(1)),
  );
}

/** The length is the wire's to say. */
const headersOf = (headers: webpush.Headers): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name !== "Content-Length")
      .map(([name, value]) => [name, String(value)]),
  );
