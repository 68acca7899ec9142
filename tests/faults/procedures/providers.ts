import { setTimeout as pause } from "node:timers/promises";
import type { ChannelKind } from "@/core/message/channel";
import { engine, peek, sql } from "@/platform/db";
import { liveJourney } from "../../harness/journey";
import { type Shop, shop } from "../../harness/shop";
import { until } from "../../harness/until";
import { customers, oneSend, track } from "../customers";
import { count, type Finding, is } from "../findings";
import { received, timesOf } from "../invariants";
import type { Procedure } from "../procedure";
import type { World } from "../world";

type Misfortune = {
  channel: ChannelKind;
  mode: string;
  times: number;
  /** What becomes of the messages that met it; the others arrive. */
  ends: "arrives" | "in doubt" | "failed";
  /** Whether the provider has them all the same. */
  isTaken?: boolean;
  says?: string;
};

const OUTCOMES = ["message_delivered", "message_bounced"];
const noting = (event: string) => ({
  name: `Notes ${event}`,
  entry: "it",
  nodes: [
    { id: "it", kind: "on-event", config: { event, when: { all: [] } } },
    { id: "tag", kind: "tag", config: { action: "add", tag: event } },
  ],
  edges: [{ from: "it", port: "next", to: "tag" }],
  settings: { reentry: { is: "always" } },
});

const MEMBERS = 300;
const DEADLINE_MS = 240_000;

// At most as many as are under way at once, where each counts against the provider: then its circuit opens, and calls come by twos.
const misfortunes: Misfortune[] = [
  { channel: "sms", mode: "429", times: 64, ends: "arrives" },
  { channel: "sms", mode: "500", times: 60, ends: "arrives", says: "in doubt until their records are asked" },
  { channel: "sms", mode: "503", times: 64, ends: "arrives" },
  { channel: "sms", mode: "hang", times: 60, ends: "arrives", says: "in doubt until their records are asked" },
  { channel: "sms", mode: "accept-then-cut", times: 64, ends: "arrives", says: "their callbacks end the doubt" },
  { channel: "sms", mode: "early-callback", times: 200, ends: "arrives" },
  { channel: "sms", mode: "double-callback", times: 200, ends: "arrives" },
  { channel: "sms", mode: "undelivered", times: 100, ends: "failed", isTaken: true },
  { channel: "email", mode: "451", times: 32, ends: "arrives" },
  { channel: "email", mode: "421", times: 32, ends: "arrives" },
  { channel: "email", mode: "hang", times: 16, ends: "arrives" },
  { channel: "email", mode: "hang-in-data", times: 16, ends: "in doubt", isTaken: true },
  { channel: "email", mode: "accept-then-drop", times: 32, ends: "in doubt", isTaken: true },
  { channel: "push", mode: "429", times: 64, ends: "arrives" },
  { channel: "push", mode: "404", times: 100, ends: "failed" },
  { channel: "push", mode: "410", times: 100, ends: "failed" },
  { channel: "push", mode: "accept-then-cut", times: 64, ends: "in doubt", isTaken: true },
];

const NAMES: Record<ChannelKind, string> = { sms: "SMS provider", email: "mail server", push: "push service" };

/** A provider misbehaves for a while: nobody gets a message twice, and what surely did not arrive is sent again. */
export const providers: Procedure[] = misfortunes.map((misfortune) => ({
  name: `${NAMES[misfortune.channel]}: ${misfortune.mode}`,
  run: async (world) => {
    const { channel, mode, times, says } = misfortune;
    const own = await shop();
    const journey = await liveJourney(own, oneSend(channel));
    // Outcomes are events: each starts one run here.
    for (const outcome of OUTCOMES) await liveJourney(own, noting(outcome));
    // Half of them share a phone and an address with another member, but not where that is barred for both.
    const known = await customers(own, MEMBERS, misfortune.ends === "failed" ? 1 : 0.5);
    const url = world.sandbox?.url ?? "";
    if (channel === "push")
      await subscribe(
        own,
        known.map((k) => k.member),
        url,
      );
    await post(`${url}/sandbox/faults`, { channel, mode, count: times });
    const began = Date.now();
    for (let i = 0; i < known.length; i += 50) {
      await track(
        world.apiUrl,
        own.writeKey,
        known.slice(i, i + 50).map(({ userId }) => ({
          userId,
          messageId: `order-${userId}`,
          event: "order_paid",
          properties: { amount: 12_000 },
        })),
      );
      await pause(200);
    }
    await settled(own, misfortune);
    // Late and doubled callbacks have come by then.
    await pause(1500);
    return {
      faults: times,
      over: `${MEMBERS} messages in ${Math.round((Date.now() - began) / 1000)} s`,
      findings: await findings(world, own, journey.id, misfortune),
      ...(says && { says }),
    };
  },
}));

const finished = (end: Misfortune["ends"]): string[] =>
  end === "in doubt" ? ["accepted", "delivered", "unknown"] : ["accepted", "delivered", "failed"];

async function settled({ workspace }: Shop, { channel, ends }: Misfortune): Promise<void> {
  // A text is at its end when it was delivered; the others' providers say no more than that they took it.
  const states = finished(ends).filter((state) => channel !== "sms" || state !== "accepted");
  let last: unknown;
  await until(
    async () => {
      last = await peek(
        sql`SELECT state, reason, count(*)::int AS n FROM message WHERE workspace_id = ${workspace} GROUP BY 1, 2`,
      );
      return (
        MEMBERS ===
        (await count(
          sql`SELECT count(*) AS n FROM message WHERE workspace_id = ${workspace} AND state = ANY(${states}::text[])`,
        ))
      );
    },
    { deadline: DEADLINE_MS, every: 500, what: () => `the end of all messages (${JSON.stringify(last)})` },
  );
}

async function findings(
  world: World,
  { workspace }: Shop,
  journey: string,
  { channel, times, ends, isTaken = false }: Misfortune,
): Promise<Finding[]> {
  const url = world.sandbox?.url ?? "";
  const inState = (...states: string[]): Promise<number> =>
    count(sql`SELECT count(*) AS n FROM message WHERE workspace_id = ${workspace} AND state = ANY(${states}::text[])`);
  const { faults } = (await (await fetch(`${url}/sandbox/faults`)).json()) as { faults: unknown[] };
  const arrived = await peek<{ id: string }>(
    sql`SELECT id FROM message WHERE workspace_id = ${workspace} AND state IN ('accepted', 'delivered')`,
  );
  const keys = timesOf(await received(url));
  const bad = ends === "arrives" ? 0 : times;
  return [
    is("every fault met a message", faults.length, 0),
    is(
      "one message a member",
      await count(
        sql`SELECT count(DISTINCT run_id) AS n FROM message WHERE workspace_id = ${workspace} AND journey_id = ${journey}`,
      ),
      MEMBERS,
    ),
    is("none twice", [...keys.values()].filter((n) => n > 1).length, 0),
    is("all that we call accepted are there", arrived.filter(({ id }) => !keys.has(id)).length, 0),
    is("and nothing else", keys.size, MEMBERS - (isTaken || ends === "arrives" ? 0 : times)),
    is("they arrived", await inState("accepted", "delivered"), MEMBERS - bad),
    is("in doubt, and not repeated", await inState("unknown", "claimed"), ends === "in doubt" ? times : 0),
    is("failed for good", await inState("failed"), ends === "failed" ? times : 0),
    is(
      "addresses that are barred now",
      await count(
        sql`SELECT count(*) AS n FROM suppression WHERE workspace_id = ${workspace} AND channel = ${channel}`,
      ),
      ends === "failed" ? times : 0,
    ),
    ...(channel === "sms"
      ? [
          is(
            "one outcome event a message",
            await count(
              sql`SELECT count(*) AS n FROM run WHERE workspace_id = ${workspace} AND journey_id <> ${journey}`,
            ),
            MEMBERS,
          ),
        ]
      : []),
  ];
}

async function subscribe({ workspace }: Shop, members: readonly string[], sandboxUrl: string): Promise<void> {
  const { subscriptions } = (await post(`${sandboxUrl}/sandbox/subscriptions`, { count: members.length })) as {
    subscriptions: unknown[];
  };
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO identity (workspace_id, kind, value, member_id, is_proven)
      SELECT ${workspace}, 'push', s.value, s.member, true
      FROM unnest(${subscriptions.map((s) => JSON.stringify(s))}::text[], ${members}::uuid[]) AS s(value, member)`),
  );
}

async function post(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.status === 204 ? undefined : answer.json();
}
