import twilio from "twilio";
import { twilioSms } from "@/channels/twilio";
import { peek, sql } from "@/platform/db";
import { liveJourney } from "../../harness/journey";
import { type Shop, shop } from "../../harness/shop";
import { until } from "../../harness/until";
import { customers, oneSend, track } from "../customers";
import { count, is } from "../findings";
import { received, timesOf } from "../invariants";
import type { Procedure } from "../procedure";
import type { World } from "../world";

const MEMBERS = 300;
/** Texts that the provider never took and never answered for: a forged word would be the first that comes of them. */
const HANGING = 60;
const AT_ONCE = 30;
const { accountSid } = twilioSms.sandbox;
/** What stood in the source for all installations, then and now. */
const PUBLIC = ["sandbox-token", twilioSms.sandbox.authToken];

type Text = { id: string; phone: string };
type Callback = { url: string; params: Record<string, string>; signature?: string };

/** Somebody who knows where our callbacks are, but not the account's secret, reports what never was. */
export const forged: Procedure[] = [
  {
    name: "forged callbacks",
    async run(world) {
      const own = await shop();
      await liveJourney(own, oneSend("sms"));
      const known = await customers(own, MEMBERS);
      await fetch(`${world.sandbox?.url}/sandbox/faults`, {
        method: "POST",
        body: JSON.stringify({ channel: "sms", mode: "hang", count: HANGING }),
        headers: { "content-type": "application/json" },
      });
      const began = Date.now();
      await track(
        world.apiUrl,
        own.writeKey,
        known.map(({ userId }) => ({
          userId,
          messageId: `order-${userId}`,
          event: "order_paid",
          properties: { amount: 12_000 },
        })),
      );
      const inState = (...states: string[]): Promise<number> =>
        count(sql`
          SELECT count(*) AS n FROM message WHERE workspace_id = ${own.workspace} AND state = ANY(${states}::text[])`);
      await until(async () => (await inState("claimed", "unknown")) === HANGING && (await inState("delivered")) > 0, {
        deadline: 60_000,
        every: 50,
        what: "texts that hang, and some that arrived",
      });
      const texts = await peek<Text>(sql`
        SELECT m.id, b.phone FROM message m JOIN member b ON b.workspace_id = m.workspace_id AND b.id = m.member_id
        WHERE m.workspace_id = ${own.workspace}`);
      const lies = texts.flatMap((text, i) => liesAbout(text, texts[(i + 1) % texts.length] ?? text, own, world));
      const answers = await tell(lies);
      const arrived = timesOf(await received(world.sandbox?.url ?? ""));
      const believed = await peek<{ id: string }>(
        sql`SELECT id FROM message WHERE workspace_id = ${own.workspace} AND state = 'delivered'`,
      );
      const failed = await inState("failed");
      await until(async () => (await inState("delivered")) === MEMBERS, {
        deadline: 240_000,
        every: 500,
        what: "all texts delivered",
      });
      return {
        faults: lies.length,
        over: `${MEMBERS} messages in ${Math.round((Date.now() - began) / 1000)} s`,
        findings: [
          is("forgeries refused", answers.get(403) ?? 0, lies.length),
          is(
            "called delivered though the provider never had it",
            believed.filter(({ id }) => !arrived.has(id)).length,
            0,
          ),
          is("called failed", failed, 0),
          is("all delivered in the end", await inState("delivered"), MEMBERS),
          is(
            "each at the provider once",
            [...timesOf(await received(world.sandbox?.url ?? "")).values()].filter((n) => n === 1).length,
            MEMBERS,
          ),
          is(
            "phones that are barred",
            await count(sql`SELECT count(*) AS n FROM suppression WHERE workspace_id = ${own.workspace}`),
            0,
          ),
          is(
            "consents that were withdrawn",
            await count(
              sql`SELECT count(*) AS n FROM consent WHERE workspace_id = ${own.workspace} AND source = 'stop_reply'`,
            ),
            0,
          ),
          is(
            "replies that were heard",
            await count(
              sql`SELECT count(*) AS n FROM event WHERE workspace_id = ${own.workspace} AND name = 'message_replied'`,
            ),
            0,
          ),
        ],
      };
    },
  },
];

/** Unsigned, signed with another secret or one that everybody can read, signed for other words, signed for another text; and a member's STOP that nobody wrote. */
function liesAbout(
  { id, phone }: Text,
  other: Text,
  { workspace }: Shop,
  { apiUrl, sandboxToken: authToken }: World,
): Callback[] {
  const door = `${apiUrl}/callbacks/twilio/${workspace}`;
  const url = `${door}?key=${id}`;
  const status = (is: string): Record<string, string> => ({
    AccountSid: accountSid,
    MessageSid: `SM${id.replaceAll("-", "")}`,
    MessageStatus: is,
    To: phone,
    ...(is === "undelivered" && { ErrorCode: "30005" }),
  });
  const stop = {
    AccountSid: accountSid,
    MessageSid: `SM${"0".repeat(32)}`,
    From: phone,
    To: "+15005550006",
    Body: "STOP",
  };
  const signed = (secret: string, at: string, params: Record<string, string>): string =>
    twilio.getExpectedTwilioSignature(secret, at, params);
  return [
    { url, params: status("delivered") },
    { url, params: status("undelivered"), signature: signed("another secret", url, status("undelivered")) },
    { url, params: status("undelivered"), signature: signed(authToken, url, status("sent")) },
    { url, params: status("delivered"), signature: signed(authToken, `${door}?key=${other.id}`, status("delivered")) },
    { url: door, params: stop },
    { url: door, params: stop, signature: signed("another secret", door, stop) },
    ...PUBLIC.flatMap((secret) => [
      { url, params: status("undelivered"), signature: signed(secret, url, status("undelivered")) },
      { url: door, params: stop, signature: signed(secret, door, stop) },
    ]),
  ];
}

/** How often each status was answered. */
async function tell(lies: readonly Callback[]): Promise<Map<number, number>> {
  const answers = new Map<number, number>();
  for (let i = 0; i < lies.length; i += AT_ONCE)
    await Promise.all(
      lies.slice(i, i + AT_ONCE).map(async ({ url, params, signature }) => {
        const { status } = await fetch(url, {
          method: "POST",
          body: new URLSearchParams(params),
          headers: signature === undefined ? {} : { "x-twilio-signature": signature },
        });
        answers.set(status, (answers.get(status) ?? 0) + 1);
      }),
    );
  return answers;
}
