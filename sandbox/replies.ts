import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { Inbox } from "./inbox";
import { Journal } from "./journal";
import type { TwilioCalls } from "./twilio-calls";
import type { TwilioAccount } from "./twilio-server";

const STOPS = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]);
const STARTS = new Set(["START", "YES", "UNSTOP"]);

const Line = z.object({ phone: z.string(), sender: z.string(), isBarred: z.boolean() });

/** What members write back. Like Twilio, English stop words also bar the number from this sender until a start word, also over a restart. */
export class Replies {
  private readonly barred = new Set<string>();

  private constructor(
    private readonly journal: Journal,
    private readonly account: TwilioAccount,
    private readonly inbox: Inbox,
    private readonly calls: TwilioCalls,
    private readonly webhook: string | undefined,
  ) {}

  static async open(
    folder: string,
    account: TwilioAccount,
    inbox: Inbox,
    calls: TwilioCalls,
    webhook: string | undefined,
  ): Promise<Replies> {
    const journal = new Journal(join(folder, "replies.jsonl"), 10_000_000);
    const replies = new Replies(journal, account, inbox, calls, webhook);
    for (const entry of await journal.open()) {
      const line = Line.safeParse(entry).data;
      if (line) replies.bar(line);
    }
    return replies;
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private bar({ phone, sender, isBarred }: z.infer<typeof Line>): void {
    if (isBarred) this.barred.add(`${phone} ${sender}`);
    else this.barred.delete(`${phone} ${sender}`);
  }

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
    if (type) {
      const line = { phone, sender, isBarred: type === "STOP" };
      this.bar(line);
      await this.journal.append(line);
    }
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
