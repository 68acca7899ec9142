import { randomBytes } from "node:crypto";
import type { Inbox } from "./inbox";
import type { TwilioCalls } from "./twilio-calls";
import type { TwilioAccount } from "./twilio-server";

const STOPS = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]);
const STARTS = new Set(["START", "YES", "UNSTOP"]);

/** What members write back. Like Twilio, English stop words also bar the number from this sender until a start word. */
export class Replies {
  private readonly barred = new Set<string>();

  constructor(
    private readonly account: TwilioAccount,
    private readonly inbox: Inbox,
    private readonly calls: TwilioCalls,
    private readonly webhook: string | undefined,
  ) {}

  has(phone: string, sender: string): boolean {
    return this.barred.has(`${phone} ${sender}`);
  }

  /**
   * Hands a reply to the number's webhook: the one configured, else where the message that is replied to reports to: the one with this key,
   * else the last one to this phone. Without a number the reply goes to whoever wrote that.
   */
  async reply(phone: string, text: string, number?: string, key?: string): Promise<{ status: number; json: unknown }> {
    const last = this.inbox.list({
      channel: "sms",
      to: phone,
      limit: 1,
      ...(key !== undefined && { keys: new Set([key]) }),
    })[0];
    const sender = number ?? last?.from;
    const url = this.webhook ?? (last?.channel === "sms" ? withoutQuery(last.callback) : undefined);
    if (sender === undefined || url === undefined)
      return { status: 409, json: { error: "nobody wrote to this number, and no webhook is configured" } };
    const word = text.trim().toUpperCase();
    const type = STOPS.has(word) ? "STOP" : STARTS.has(word) ? "START" : undefined;
    if (type === "STOP") this.barred.add(`${phone} ${sender}`);
    if (type === "START") this.barred.delete(`${phone} ${sender}`);
    const sid = `SM${randomBytes(16).toString("hex")}`;
    const status = await this.calls.call(url, {
      ApiVersion: "2010-04-01",
      AccountSid: this.account.accountSid,
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      SmsStatus: "received",
      From: phone,
      To: sender,
      Body: text,
      NumMedia: "0",
      NumSegments: "1",
      ...(type && { OptOutType: type }),
    });
    return status === undefined
      ? { status: 502, json: { error: `${url} did not answer` } }
      : { status: 200, json: { sid, url, answered: status } };
  }
}

function withoutQuery(callback: string | undefined): string | undefined {
  if (callback === undefined || !URL.canParse(callback)) return undefined;
  const url = new URL(callback);
  return url.origin + url.pathname;
}
