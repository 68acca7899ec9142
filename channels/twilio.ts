import twilio from "twilio";
import { z } from "zod";
import { wishOf } from "@/core/message/wish";
import { asksFor, meaning } from "./answer";
import type { Provider, RawRequest, Report, Sent } from "./provider";
import { TwilioWire } from "./twilio-wire";
import { SOCKETS } from "./wire";

export const TwilioSettings = z.object({
  baseUrl: z.url({ protocol: /^https?$/ }).default("https://api.twilio.com"),
  accountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/),
  authToken: z.string().min(1),
  /** A number in E.164, an alphanumeric sender, or a messaging service (MG…). */
  from: z.string().min(1),
  timeoutMs: z.int().min(100).max(60_000).default(10_000),
});
export type TwilioSettings = z.infer<typeof TwilioSettings>;

// https://www.twilio.com/docs/api/errors: opted out; invalid or not a mobile number; unknown handset; landline.
const SUPPRESSING = new Set([21610, 21211, 21614, 30005, 30006]);
// The same: unreachable handset, message blocked.
const PERSONAL = new Set([30003, 30004]);
/** The account's queue is full: a 400 that passes. */
const QUEUE_FULL = 21611;
/** Clocks of ours and theirs, and the time a request may wait in theirs. */
const SLACK_MS = 60_000;

/** SMS by Twilio's Messages API through their own client. */
export const twilioSms: Provider<"sms", TwilioSettings> = {
  channel: "sms",
  settings: TwilioSettings,
  sandbox: {
    baseUrl: "http://127.0.0.1:3002",
    accountSid: "AC00000000000000000000000000000000",
    // Known to everybody who reads this: what an installation uses is derived from its root secret (configured.ts).
    authToken: "anybody's",
    from: "+15005550006",
    timeoutMs: 10_000,
  },
  atOnce: () => SOCKETS,

  async send(settings, message, stop): Promise<Sent> {
    const wire = new TwilioWire({ ...settings, stop, ...(message.beginBy && { beginBy: message.beginBy }) });
    try {
      const sent = await client(settings, wire).messages.create({
        to: message.to,
        body: message.content.text,
        statusCallback: message.callbackUrl,
        validityPeriod: Math.min(36_000, Math.max(1, Math.floor((message.expiresAt.getTime() - Date.now()) / 1000))),
        ...(settings.from.startsWith("MG") ? { messagingServiceSid: settings.from } : { from: settings.from }),
      });
      return sent.sid ? { is: "accepted", ref: sent.sid } : { is: "unknown" };
    } catch {
      return judged(wire);
    }
  },

  async find(settings, _key, lost): Promise<Sent> {
    const wire = new TwilioWire(settings);
    const wanted = lost.content.text.trim();
    const from = lost.since.getTime() - SLACK_MS;
    const until = lost.until.getTime() + SLACK_MS;
    try {
      let found: Sent | undefined;
      // Newest first, without their date filter, which leaves out what is still queued.
      await client(settings, wire).messages.each({
        to: lost.to,
        pageSize: 100,
        callback: (one, done) => {
          const at = one.dateCreated.getTime();
          // A trial account puts a sentence of its own before the text.
          const isOurs =
            at >= from && at <= until && one.body.trim().endsWith(wanted) && !lost.others.includes(one.sid);
          if (isOurs) found = ended(one.status, one.errorCode) ?? { is: "accepted", ref: one.sid };
          if (isOurs || at < from) done();
        },
      });
      return found ?? { is: "refused", lasting: false, suppress: false, reason: "never_arrived" };
    } catch {
      return { is: "unknown" };
    }
  },

  receive(settings, request) {
    const signature = request.headers["x-twilio-signature"];
    const params = Object.fromEntries(new URLSearchParams(request.body));
    if (typeof signature !== "string" || !twilio.validateRequest(settings.authToken, signature, request.url, params))
      return "forged";
    return reported(params, request);
  },
};

const client = (settings: TwilioSettings, httpClient: TwilioWire) =>
  new twilio.Twilio(settings.accountSid, settings.authToken, { httpClient, accountSid: settings.accountSid });

const TwilioError = z.object({ code: z.number(), message: z.string() }).partial();

function judged({ wired }: TwilioWire): Sent {
  if (wired.is === "lost")
    return wired.left ? { is: "unknown" } : { is: "refused", lasting: false, suppress: false, reason: wired.why };
  const means = meaning(wired.status);
  if (means === "unsure") return { is: "unknown" };
  const { code, message } = parsed(wired.body);
  const suppress = code !== undefined && SUPPRESSING.has(code);
  return {
    is: "refused",
    lasting: means === "lasting" && code !== QUEUE_FULL,
    suppress,
    reason: [code ?? wired.status, message].filter(Boolean).join(" "),
    ...asksFor(wired.headers),
  };
}

function parsed(body: string): z.infer<typeof TwilioError> {
  try {
    return TwilioError.catch({}).parse(JSON.parse(body));
  } catch {
    return {};
  }
}

function ended(status: string, errorCode: number | null): Sent | undefined {
  if (status !== "failed" && status !== "undelivered" && status !== "canceled") return undefined;
  return {
    is: "refused",
    lasting: true,
    suppress: errorCode !== null && SUPPRESSING.has(errorCode),
    reason: `${status} ${errorCode ?? ""}`.trim(),
    ...(errorCode !== null && PERSONAL.has(errorCode) && { isPersonal: true }),
  };
}

function reported(params: Record<string, string>, request: RawRequest): Report[] {
  const ref = params.MessageSid ?? params.SmsSid ?? "";
  const status = params.MessageStatus;
  if (status === undefined) {
    if (params.From === undefined || params.Body === undefined) return [];
    // Their own opt-out handling may have understood a word that ours does not know.
    const theirs = params.OptOutType === "STOP" ? "stop" : params.OptOutType === "START" ? "start" : undefined;
    return [
      {
        about: "reply",
        ref,
        from: params.From,
        to: params.To ?? "",
        text: params.Body,
        wish: theirs ?? wishOf(params.Body),
      },
    ];
  }
  const key = new URL(request.url).searchParams.get("key");
  if (key === null) return [];
  if (status === "sent" || status === "delivered") return [{ about: "message", key, ref, is: status, suppress: false }];
  const failed = ended(status, params.ErrorCode ? Number(params.ErrorCode) : null);
  return failed?.is === "refused"
    ? [
        {
          about: "message",
          key,
          ref,
          is: "failed",
          suppress: failed.suppress,
          reason: failed.reason,
          ...(failed.isPersonal && { isPersonal: true }),
        },
      ]
    : [];
}
