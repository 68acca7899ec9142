import { Agent, request } from "node:http";
import type { MemberId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import type { Shop } from "@/tests/harness/shop";
import { goldMembers } from "./campaign";
import type { Installation, Role } from "./installation";

export const apiRole = (here: Installation): Promise<Role> =>
  here.role("api/main.ts", async () => (await fetch(`${here.apiUrl}/healthz`)).ok);

/** Gold members that events can name by `userId`. */
export async function knownMembers(own: Shop, count: number): Promise<{ member: MemberId; userId: string }[]> {
  const known = (await goldMembers(own, count)).map((member) => ({ member, userId: `user-${member}` }));
  await engine((tx) =>
    tx.run(sql`
    INSERT INTO identity (workspace_id, kind, value, member_id, is_proven)
    SELECT ${own.workspace}, 'userId', k.user_id, k.member, true FROM unnest(${known.map((k) => k.userId)}::text[], ${known.map((k) => k.member)}::uuid[]) AS k(user_id, member)`),
  );
  return known;
}

export type Track = { messageId: string; userId: string; properties: Record<string, unknown> };

/** A batch as a Segment client sends it. */
export const batchOf = (own: Shop, events: readonly Track[]): string =>
  JSON.stringify({
    writeKey: own.writeKey,
    sentAt: new Date(),
    batch: events.map((e) => ({
      type: "track",
      event: "order_paid",
      timestamp: new Date(),
      context: { library: { name: "bench", version: "1" } },
      ...e,
    })),
  });

/** Posts batches over connections that stay open. */
export class Sender {
  private readonly agent: Agent;
  constructor(
    private readonly url: string,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Resolves when the events are acknowledged; throws for any other answer. */
  post(body: string): Promise<void> {
    return new Promise((done, failed) => {
      const call = request(
        `${this.url}/v1/batch`,
        {
          method: "POST",
          agent: this.agent,
          headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
        },
        (answer) => {
          answer
            .resume()
            .once("end", () =>
              answer.statusCode === 200 ? done() : failed(new Error(`the API answered ${answer.statusCode}`)),
            );
        },
      );
      call.once("error", failed);
      call.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Works off a list by `atOnce` hands; returns the seconds it took. */
export async function timed<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<unknown>): Promise<number> {
  const open = [...all].reverse();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let one = open.pop(); one !== undefined; one = open.pop()) await work(one);
    }),
  );
  return (performance.now() - began) / 1000;
}
