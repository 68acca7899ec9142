import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Faults } from "./faults";
import type { Answer, Asked, Server } from "./http";
import type { Inbox } from "./inbox";
import type { SmsReceived } from "./received";
import type { TwilioCalls } from "./twilio-calls";
import { listPage, resource } from "./twilio-resource";

export type TwilioAccount = { accountSid: string; authToken: string };
export type OptOuts = { has(from: string, to: string): boolean };

/** Numbers with which Twilio's own test accounts play their errors: https://www.twilio.com/docs/iam/test-credentials */
const MAGIC: Record<string, [number, string]> = {
  "+15005550001": [21211, "The 'To' number is not a valid phone number."],
  "+15005550002": [21612, "The 'To' phone number is not currently reachable."],
  "+15005550003": [21408, "Permission to send an SMS has not been enabled for the region."],
  "+15005550004": [21610, "Attempt to send to unsubscribed recipient"],
  "+15005550009": [21614, "'To' number is not a valid mobile number"],
};

/** Twilio's Messages API: create, list, fetch, and the status callbacks that follow. */
export function twilioServer(
  account: TwilioAccount,
  inbox: Inbox,
  faults: Faults,
  calls: TwilioCalls,
  optOuts: OptOuts,
  stepMs: number,
  clock: () => Date,
): Server {
  const base = /^\/2010-04-01\/Accounts\/([^/]+)\/Messages(?:\/([^/]+))?\.json$/;

  async function create(form: Record<string, string>): Promise<Answer> {
    const fault = faults.take(
      "sms",
      "429",
      "500",
      "503",
      "hang",
      "accept-then-cut",
      "undelivered",
      "early-callback",
      "double-callback",
    );
    if (fault === "hang") return "hang";
    if (fault === "429") return failure(429, 20429, "Too Many Requests", { "retry-after": "1" });
    if (fault === "500") return failure(500, 20500, "Internal Server Error");
    if (fault === "503") return failure(503, 20503, "Service Unavailable");
    const { To: to = "", From: from = form.MessagingServiceSid ?? "", Body: text = "" } = form;
    const wrong = wrongness(to, from, text) ?? (optOuts.has(to, from) ? MAGIC["+15005550004"] : undefined);
    if (wrong) return failure(400, ...wrong);
    const callback = form.StatusCallback;
    const received = await inbox.add(
      {
        channel: "sms",
        to,
        from,
        text,
        sid: `SM${randomBytes(16).toString("hex")}`,
        status: "queued",
        form,
        ...(callback && { callback, ...keyIn(callback) }),
      },
      clock(),
    );
    if (received.channel !== "sms") return { status: 500 };
    const last = fault === "undelivered" ? "undelivered" : "delivered";
    if (fault === "early-callback") await advance(received, ["sent", last], 0);
    else if (fault === "double-callback") calls.later(stepMs, () => advance(received, ["sent", last, "sent", last]));
    else calls.later(stepMs, () => advance(received, ["sent", last]));
    return fault === "accept-then-cut" ? "cut" : { status: 201, json: resource(account.accountSid, received) };
  }

  async function advance(message: SmsReceived, [status, ...rest]: string[], pauseMs = stepMs): Promise<void> {
    if (status === undefined) return;
    const errorCode = status === "undelivered" ? 30005 : undefined;
    await inbox.update(message.id, status, errorCode);
    if (message.callback)
      await calls.call(message.callback, {
        ApiVersion: "2010-04-01",
        AccountSid: account.accountSid,
        MessageSid: message.sid,
        SmsSid: message.sid,
        MessageStatus: status,
        SmsStatus: status,
        To: message.to,
        From: message.from,
        ...(errorCode !== undefined && { ErrorCode: String(errorCode) }),
      });
    if (rest.length === 0) return;
    if (pauseMs === 0) await advance(message, rest, 0);
    else calls.later(pauseMs, () => advance(message, rest));
  }

  return async (asked) => {
    const path = base.exec(asked.url.pathname);
    if (!path) return undefined;
    if (!isAuthentic(asked, account)) return failure(401, 20003, "Authenticate");
    if (path[1] !== account.accountSid)
      return failure(404, 20404, `The requested resource ${asked.url.pathname} was not found`);
    if (asked.method === "POST" && !path[2])
      return create(Object.fromEntries(new URLSearchParams(asked.body.toString("utf8"))));
    if (asked.method !== "GET") return failure(405, 20004, "Method not allowed");
    const all = inbox.list({ channel: "sms", limit: Number.POSITIVE_INFINITY }).filter((one) => one.channel === "sms");
    if (!path[2]) return { status: 200, json: listPage(account.accountSid, asked.url, all) };
    const one = all.find(({ sid }) => sid === path[2]);
    return one
      ? { status: 200, json: resource(account.accountSid, one) }
      : failure(404, 20404, `The requested resource ${asked.url.pathname} was not found`);
  };
}

const failure = (status: number, code: number, message: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  json: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

function wrongness(to: string, from: string, text: string): [number, string] | undefined {
  if (to === "") return [21604, "A 'To' phone number is required."];
  if (from === "") return [21603, "A 'From' phone number is required."];
  if (text === "") return [21602, "Message body is required."];
  if (text.length > 1600) return [21617, "The concatenated message body exceeds the 1600 character limit."];
  if (!/^\+[1-9]\d{6,14}$/.test(to)) return [21211, `The 'To' number ${to} is not a valid phone number.`];
  return MAGIC[to];
}

function isAuthentic({ headers }: Asked, { accountSid, authToken }: TwilioAccount): boolean {
  const given = Buffer.from(headers.authorization ?? "");
  const wanted = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** A sender may mark its callbacks; shown in the inbox so that a message can be found by its mark. */
function keyIn(callback: string): { key?: string } {
  const key = URL.canParse(callback) ? new URL(callback).searchParams.get("key") : null;
  return key === null ? {} : { key };
}
