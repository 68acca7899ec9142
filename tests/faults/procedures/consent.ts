import { setTimeout as pause } from "node:timers/promises";
import { peek, sql } from "@/platform/db";
import { liveJourney } from "../../harness/journey";
import { shop } from "../../harness/shop";
import { until } from "../../harness/until";
import { ask, customers, oneSend, track } from "../customers";
import { atLeast, atMost, count, is } from "../findings";
import type { Procedure } from "../procedure";

const MEMBERS = 1000;
const BATCH = 20;
/** Between an order and the withdrawal, at most: before, while and after its text leaves. */
const LATEST_MS = 1500;
/** What leaves later than this after a withdrawal breaks the promise. */
const PROMISED_MS = 5000;

/** Each member orders, and takes the consent back while the message for it is on its way. */
export const consent: Procedure[] = [
  {
    name: "consent withdrawn between scheduling and sending, 1,000 times",
    async run(world) {
      const own = await shop();
      await liveJourney(own, oneSend("sms"));
      const known = await customers(own, MEMBERS);
      const withdrawn = new Map<string, number>();
      const withdrawing: Promise<void>[] = [];
      const began = Date.now();
      for (let i = 0; i < known.length; i += BATCH) {
        const batch = known.slice(i, i + BATCH);
        await track(
          world.apiUrl,
          own.writeKey,
          batch.map(({ userId }) => ({
            userId,
            messageId: `order-${userId}`,
            event: "order_paid",
            properties: { amount: 12_000 },
          })),
        );
        for (const { member } of batch)
          withdrawing.push(
            (async () => {
              await pause(Math.random() ** 2 * LATEST_MS);
              await ask(own.apiKey, "POST", `${world.apiUrl}/api/v1/members/${member}/consents/withdraw`, {
                channel: "sms",
                purpose: "marketing",
              });
              withdrawn.set(member, Date.now());
            })(),
          );
        await pause(100);
      }
      await Promise.all(withdrawing);
      await until(
        async () =>
          (await count(
            sql`SELECT count(*) AS n FROM message WHERE workspace_id = ${own.workspace} AND state IN ('skipped', 'delivered')`,
          )) === MEMBERS,
        { deadline: 60_000, every: 250, what: "the end of all messages" },
      );
      const { messages } = (await (
        await fetch(`${world.sandbox?.url}/sandbox/messages?as=brief&limit=20000`)
      ).json()) as { messages: { key: string; at: string }[] };
      const of = new Map(
        (
          await peek<{ id: string; member: string }>(
            sql`SELECT id, member_id AS member FROM message WHERE workspace_id = ${own.workspace}`,
          )
        ).map(({ id, member }) => [id, member]),
      );
      const after = messages
        .map(({ key, at }) => Date.parse(at) - (withdrawn.get(of.get(key) ?? "") ?? Number.POSITIVE_INFINITY))
        .filter((ms) => ms > 0);
      const skipped = await count(
        sql`SELECT count(*) AS n FROM message WHERE workspace_id = ${own.workspace} AND state = 'skipped' AND reason = 'no_consent'`,
      );
      return {
        faults: MEMBERS,
        over: `${MEMBERS} messages in ${Math.round((Date.now() - began) / 1000)} s`,
        findings: [
          is("one message a member", of.size, MEMBERS),
          is("sent or held back", messages.length + skipped, MEMBERS),
          atLeast("held back", skipped, MEMBERS / 50),
          atLeast("sent before", messages.length, MEMBERS / 50),
          is("left later than promised", after.filter((ms) => ms > PROMISED_MS).length, 0),
          atMost("milliseconds after the withdrawal's answer, the last that left", Math.max(0, ...after), PROMISED_MS),
        ],
        says: `${skipped} held back, ${messages.length} sent, ${after.length} of them up to ${Math.max(0, ...after)} ms after the withdrawal was answered`,
      };
    },
  },
];
