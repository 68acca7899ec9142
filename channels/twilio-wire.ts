import twilio from "twilio";
import { type Wired, wire } from "./wire";

/**
 * The HTTP client under Twilio's own: it goes to a configurable address and remembers how the call went, because the library's
 * errors do not tell a request that never left from one that was cut.
 */
export class TwilioWire extends twilio.RequestClient {
  wired: Wired = { is: "lost", left: false, why: "not called" };

  constructor(private readonly to: { baseUrl: string; timeoutMs: number; stop?: AbortSignal; beginBy?: Date }) {
    super();
  }

  override async request<T>(options: RequestOptions): Promise<Answer<T>> {
    const asked = new URL(options.uri);
    const url = new URL(asked.pathname, this.to.baseUrl);
    for (const [name, value] of pairs(options.params)) url.searchParams.append(name, value);
    for (const [name, value] of asked.searchParams) url.searchParams.append(name, value);
    const isPost = options.method.toUpperCase() === "POST";
    this.wired = await wire({
      method: isPost ? "POST" : "GET",
      url: url.href,
      headers: {
        "user-agent": "regulars",
        accept: "application/json",
        authorization: `Basic ${Buffer.from(`${options.username}:${options.password}`).toString("base64")}`,
        ...(isPost && { "content-type": "application/x-www-form-urlencoded" }),
      },
      ...(isPost && { body: new URLSearchParams(pairs(options.data)).toString() }),
      timeoutMs: this.to.timeoutMs,
      ...(this.to.stop && { stop: this.to.stop }),
      ...(this.to.beginBy && { beginBy: this.to.beginBy }),
    });
    if (this.wired.is === "lost") throw new Error(this.wired.why);
    // The boundary to the library, which types the body by what the caller expects and parses text itself.
    return { statusCode: this.wired.status, body: this.wired.body, headers: this.wired.headers } as Answer<T>;
  }
}

type RequestOptions = Parameters<InstanceType<typeof twilio.RequestClient>["request"]>[0];
type Answer<T> = Awaited<ReturnType<typeof twilio.RequestClient.prototype.request<T>>>;

function pairs(data: unknown): [string, string][] {
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === null
      ? []
      : Array.isArray(value)
        ? value.map((one) => [name, String(one)])
        : [[name, String(value)]],
  );
}
