import { createECDH, randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { Journal } from "./journal";
import type { PushKeys } from "./push-crypto";

const Line = z.union([
  z.object({ id: z.string(), publicKey: z.string(), privateKey: z.string(), auth: z.string() }),
  z.object({ gone: z.string() }),
]);

/** The browsers that the sandbox plays: each with its own keys, kept so that a subscription outlives a restart. */
export class Subscriptions {
  private readonly keys = new Map<string, PushKeys | "gone">();
  private readonly journal: Journal;

  private constructor(folder: string) {
    this.journal = new Journal(join(folder, "subscriptions.jsonl"), 50_000_000);
  }

  static async open(folder: string): Promise<Subscriptions> {
    const subscriptions = new Subscriptions(folder);
    for (const entry of await subscriptions.journal.open()) {
      const line = Line.safeParse(entry).data;
      if (!line) continue;
      if ("gone" in line) subscriptions.keys.set(line.gone, "gone");
      else subscriptions.keys.set(line.id, { publicKey: line.publicKey, privateKey: line.privateKey, auth: line.auth });
    }
    return subscriptions;
  }

  /** A new subscription, as `PushSubscription.toJSON()` shows it. */
  async create(origin: string): Promise<{ id: string; endpoint: string; keys: { p256dh: string; auth: string } }> {
    const id = randomBytes(16).toString("base64url");
    const pair = createECDH("prime256v1");
    const publicKey = pair.generateKeys().toString("base64url");
    const made = {
      publicKey,
      privateKey: pair.getPrivateKey().toString("base64url"),
      auth: randomBytes(16).toString("base64url"),
    };
    this.keys.set(id, made);
    await this.journal.append({ id, ...made });
    return { id, endpoint: `${origin}/push/${id}`, keys: { p256dh: publicKey, auth: made.auth } };
  }

  get(id: string): PushKeys | "gone" | undefined {
    return this.keys.get(id);
  }

  /** As when the member takes the permission back. */
  async end(id: string): Promise<boolean> {
    if (!this.keys.has(id)) return false;
    this.keys.set(id, "gone");
    await this.journal.append({ gone: id });
    return true;
  }

  close(): Promise<void> {
    return this.journal.close();
  }
}
