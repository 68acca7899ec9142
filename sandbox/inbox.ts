import { join } from "node:path";
import { z } from "zod";
import { Journal } from "./journal";
import { Received } from "./received";

const Line = z.union([
  Received,
  z.object({ update: z.string(), status: z.string(), errorCode: z.number().optional() }),
]);
type New<R = Received> = R extends Received ? Omit<R, "id" | "at"> : never;
/** `keys`: of any of these messages. */
export type Query = { channel?: string; to?: string; keys?: ReadonlySet<string>; after?: string; limit: number };

/** What the sandboxes received: the newest in memory, bounded in number and bytes, and in a file so that a restart keeps them. */
export class Inbox {
  private readonly messages = new Map<string, Received>();
  private readonly journal: Journal;
  private last = 0;
  private bytes = 0;
  readonly counts = { sms: 0, email: 0, push: 0 };

  private constructor(
    folder: string,
    private readonly limits: { messages: number; bytes: number },
  ) {
    this.journal = new Journal(join(folder, "messages.jsonl"), limits.bytes);
  }

  static async open(folder: string, limits = { messages: 20_000, bytes: 64_000_000 }): Promise<Inbox> {
    const inbox = new Inbox(folder, limits);
    for (const entry of await inbox.journal.open()) {
      const line = Line.safeParse(entry).data;
      if (!line) continue;
      if ("update" in line) inbox.change(line.update, line.status, line.errorCode);
      else inbox.keep(line);
    }
    return inbox;
  }

  /** Resolves when the message stands in the file. */
  async add(message: New, now: Date): Promise<Received> {
    const received: Received = { ...message, id: String(this.last + 1), at: now.toISOString() };
    this.keep(received);
    this.counts[received.channel] += 1;
    await this.journal.append(received);
    return received;
  }

  /** A text message's way to the phone. */
  async update(id: string, status: string, errorCode?: number): Promise<void> {
    this.change(id, status, errorCode);
    await this.journal.append({ update: id, status, ...(errorCode !== undefined && { errorCode }) });
  }

  get(id: string): Received | undefined {
    return this.messages.get(id);
  }

  /** Newest first. `after` is an id or an instant. */
  list({ channel, to, keys, after, limit }: Query): Received[] {
    const isId = after !== undefined && /^\d+$/.test(after);
    const since = after !== undefined && !isId ? new Date(after).toISOString() : undefined;
    const found: Received[] = [];
    for (const message of [...this.messages.values()].reverse()) {
      if (
        found.length >= limit ||
        (isId && Number(message.id) <= Number(after)) ||
        (since !== undefined && message.at <= since)
      )
        break;
      if (
        (channel === undefined || message.channel === channel) &&
        (to === undefined || message.to === to) &&
        (keys === undefined || (message.key !== undefined && keys.has(message.key)))
      )
        found.push(message);
    }
    return found;
  }

  async clear(): Promise<void> {
    this.messages.clear();
    this.bytes = 0;
    await this.journal.clear();
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private keep(message: Received): void {
    this.messages.set(message.id, message);
    this.last = Math.max(this.last, Number(message.id));
    this.bytes += weight(message);
    for (const [id, oldest] of this.messages) {
      if (this.messages.size <= this.limits.messages && this.bytes <= this.limits.bytes) break;
      this.messages.delete(id);
      this.bytes -= weight(oldest);
    }
  }

  private change(id: string, status: string, errorCode?: number): void {
    const message = this.messages.get(id);
    if (message?.channel !== "sms") return;
    message.status = status;
    if (errorCode !== undefined) message.errorCode = errorCode;
  }
}

const weight = (message: Received): number =>
  300 +
  (message.channel === "email"
    ? message.raw.length
    : message.channel === "push"
      ? message.payload.length
      : message.text.length);
