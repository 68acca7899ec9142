import { createHmac } from "node:crypto";

/** Calls our side as Twilio does: form-encoded, signed with the account's token. A few at a time, in order per message. */
export class TwilioCalls {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly stop = new AbortController();

  constructor(private readonly authToken: string) {}

  /** The status of the answer, or undefined when there was none. */
  async call(url: string, params: Record<string, string>): Promise<number | undefined> {
    if (this.running >= 16) await new Promise<void>((go) => this.waiting.push(go));
    this.running += 1;
    try {
      const response = await fetch(url, {
        method: "POST",
        body: new URLSearchParams(params),
        redirect: "error",
        headers: { "x-twilio-signature": signature(this.authToken, url, params), "user-agent": "TwilioProxy/1.1" },
        signal: AbortSignal.any([this.stop.signal, AbortSignal.timeout(15_000)]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return undefined;
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  /** Runs later, unless closed before. */
  later(ms: number, what: () => Promise<void>): void {
    if (this.stop.signal.aborted) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void what();
    }, ms);
    this.timers.add(timer);
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.stop.abort();
  }
}

/** https://www.twilio.com/docs/usage/security#validating-requests: HMAC-SHA1 over the address and the sorted parameters. */
function signature(authToken: string, url: string, params: Record<string, string>): string {
  const text = Object.keys(params)
    .sort()
    .reduce((all, name) => `${all}${name}${params[name]}`, url);
  return createHmac("sha1", authToken).update(text, "utf8").digest("base64");
}
