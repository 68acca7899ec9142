import { Analytics } from "@segment/analytics-node";
import { z } from "zod";
import { until } from "../harness/until";

const Messages = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      channel: z.enum(["sms", "email", "push"]),
      to: z.string(),
      subject: z.string().optional(),
      text: z.string().optional(),
      html: z.string().optional(),
      title: z.string().optional(),
      body: z.string().optional(),
      headers: z.record(z.string(), z.string()),
    }),
  ),
});
export type Message = z.infer<typeof Messages>["messages"][number];
const Subscription = z.object({ endpoint: z.url(), keys: z.object({ p256dh: z.string(), auth: z.string() }) });

/** A shop's own program: Segment's client for events, the management API for the rest. */
export class Program {
  constructor(
    private readonly api: string,
    private readonly keys: { writeKey: string; apiKey: string },
  ) {}

  /** Tells events through the real client, and waits until the API has them. */
  async tell(say: (analytics: Analytics) => void): Promise<void> {
    const analytics = new Analytics({ writeKey: this.keys.writeKey, host: this.api, maxRetries: 0, flushAt: 50 });
    const errors: unknown[] = [];
    analytics.on("error", (error) => errors.push(error));
    say(analytics);
    await analytics.closeAndFlush({ timeout: 20_000 });
    if (errors.length > 0) throw new Error(`the API refused: ${JSON.stringify(errors)}`);
  }

  async get(path: string): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`${this.api}${path}`, { headers: { authorization: `Bearer ${this.keys.apiKey}` } });
    return { status: answer.status, body: await answer.json() };
  }

  post(path: string, body: unknown, key: string): Promise<{ status: number; body: unknown }> {
    return this.send("POST", path, body, { "idempotency-key": key });
  }

  put(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    return this.send("PUT", path, body);
  }

  private async send(method: string, path: string, body: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(`${this.api}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.keys.apiKey}`, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }

  async subscription(): Promise<z.infer<typeof Subscription>> {
    return Subscription.parse((await this.post("/sandbox/subscriptions", {}, crypto.randomUUID())).body);
  }

  /** Everything that reached an address (a browser's is its endpoint), oldest first. */
  async inbox(channel: Message["channel"], to: string): Promise<Message[]> {
    const query = new URLSearchParams({ channel, to, limit: "100" });
    return Messages.parse((await this.get(`/sandbox/messages?${query}`)).body).messages.reverse();
  }

  /** The message with that number (from 1) at an address, as soon as it is there. */
  async received(channel: Message["channel"], to: string, number = 1): Promise<Message> {
    return until(async () => (await this.inbox(channel, to))[number - 1], {
      deadline: 30_000,
      every: 100,
      what: `${channel} ${number} to ${to}`,
    });
  }
}
