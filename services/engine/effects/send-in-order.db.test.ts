import { beforeEach, expect, it } from "vitest";
import type { MessageId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { pauseJourney } from "@/services/journeys/operating/pause";
import { resumeJourney } from "@/services/journeys/operating/resume";
import { stopJourney } from "@/services/journeys/operating/stop";
import { claim } from "@/services/messages/pumping/claim";
import { saveDeliveries } from "@/services/messages/pumping/outcome";
import { receiveReports } from "@/services/messages/report";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { value, workAll } from "@/tests/harness/lifecycle";
import { line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";

await database();

let own: Shop;
let journey: Awaited<ReturnType<typeof liveJourney>>;
beforeEach(async () => {
  own = await shop();
});

const text = { en: { text: "Hello" } };
/** A member enters a journey that tries these channels. */
async function begin(channels: ChannelKind[], silence = "sent"): Promise<void> {
  journey = await liveJourney(
    own,
    line([[{ id: "send", kind: "send-in-order", config: configOf(channels, silence) }, "sent"]]),
  );
  await enterOne();
}
const content = {
  sms: text,
  push: { en: { title: "Hello", body: "you" } },
  email: { en: { subject: "Hello", blocks: [{ kind: "text", text: "you" }] } },
};
const configOf = (channels: ChannelKind[], silence: string) => ({
  channels,
  purpose: "marketing",
  content,
  within: "PT1H",
  silence,
});
async function enterOne(): Promise<void> {
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 1 }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
}
const goOn = async () => {
  await dispatchAll();
  await conductAll(journey.shard);
};
const take = (channel: ChannelKind) => claim(own.workspace, channel, 10, { worker: "c", provider: "p" });
async function hand(
  channel: ChannelKind,
  sent: Parameters<typeof saveDeliveries>[3][number]["sent"],
): Promise<MessageId> {
  const { claimed } = await take(channel);
  const message = claimed[0];
  if (!message) throw new Error(`nothing to claim for ${channel}`);
  await saveDeliveries(own.workspace, channel, "c", [{ message, sent }]);
  await goOn();
  return message.id;
}
const sent = async () =>
  (
    await peek<{ line: string }>(
      sql`SELECT channel || ' ' || state AS line FROM message WHERE workspace_id = ${own.workspace} ORDER BY id`,
    )
  ).map((row) => row.line);
const way = async () =>
  (
    await peek<{ line: string }>(
      sql`SELECT step || ' ' || port AS line FROM journal WHERE workspace_id = ${own.workspace} ORDER BY at, step`,
    )
  ).map((row) => row.line);

it("goes to the next channel when the member has no address for the first, and ends sent when the report comes", async () => {
  await begin(["push", "sms", "email"]);
  await take("push");
  await goOn();
  expect(await sent()).toEqual(["push skipped", "sms queued"]);
  const id = await hand("sms", { is: "accepted", ref: "r1" });
  expect((await runsOf(journey.id))[0]?.state).toBe("parked");
  await receiveReports(
    own.workspace,
    { name: "p", channel: "sms" },
    [{ about: "message", key: id, is: "delivered", ref: "r1", suppress: false }],
    new Date(),
  );
  await goOn();
  expect((await runsOf(journey.id))[0]?.state).toBe("done");
  expect((await way()).at(-1)).toBe("send.wait_sms sent");
});

it("counts a mail as sent once its provider took it", async () => {
  await begin(["email", "sms"]);
  await hand("email", { is: "accepted", ref: "m1" });
  expect((await runsOf(journey.id))[0]?.state).toBe("done");
  expect(await sent()).toEqual(["email accepted"]);
});

it("tries the next after a lasting failure, waits through a passing one, and says undeliverable when none is left", async () => {
  await begin(["sms", "email"]);
  await hand("sms", { is: "refused", lasting: false, suppress: false, reason: "busy" });
  expect(await sent()).toEqual(["sms queued"]);
  await peek(sql`UPDATE message SET not_before = now() WHERE workspace_id = ${own.workspace}`);
  const id = await hand("sms", { is: "accepted", ref: "r1" });
  await receiveReports(
    own.workspace,
    { name: "p", channel: "sms" },
    [{ about: "message", key: id, is: "failed", ref: "r1", reason: "unreachable", suppress: false }],
    new Date(),
  );
  await goOn();
  expect(await sent()).toEqual(["sms failed", "email queued"]);
  await hand("email", { is: "refused", lasting: true, suppress: false, reason: "no such user" });
  expect((await way()).at(-1)).toBe("send.wait_email undeliverable");
});

it("heeds only its own message's outcome", async () => {
  await begin(["sms", "email"]);
  await accept(own, [
    {
      member: (await runsOf(journey.id))[0]?.member ?? newId(),
      event: { ...event("message_failed", { message_id: newId() }), type: "system" },
    },
  ]);
  await goOn();
  expect(await sent()).toEqual(["sms queued"]);
});

it.each([
  ["sent", ["sms accepted"], "send.wait_sms sent"],
  ["next", ["sms accepted", "email queued"], "send.wait_sms send_email"],
])("takes silence as %s", async (silence, messages, last) => {
  await begin(["sms", "email"], silence);
  await hand("sms", { is: "accepted", ref: "r1" });
  await peek(sql`UPDATE run SET due_at = now() - interval '1 minute' WHERE journey_id = ${journey.id}`);
  await conductAll(journey.shard);
  expect(await sent()).toEqual(messages);
  expect(await way()).toContain(last);
});

it("waits through quiet hours that hold its message: neither its time nor the wait for an answer runs meanwhile", async () => {
  const clock = (ms: number) => new Date(Date.now() + ms + 8 * 3_600_000).toISOString().slice(11, 16);
  const quietHours = { from: clock(-3_600_000), to: clock(4 * 3_600_000), choice: "hold" };
  await peek(
    sql`UPDATE workspace SET settings = ${json({ messaging: { quietHours } })}::jsonb WHERE id = ${own.workspace}`,
  );
  await begin(["sms", "email"]);
  expect((await take("sms")).claimed).toEqual([]);
  await goOn();
  expect(await way()).not.toContain("send.wait_sms send_email");
  const [message] = await peek<{ held: boolean; reason: string; leaves: Date; ends: Date; due: Date }>(sql`
    SELECT m.is_held AS held, m.reason, m.not_before AS leaves, m.expires_at AS ends, r.due_at AS due
    FROM message m JOIN run r ON r.workspace_id = m.workspace_id AND r.id = m.run_id WHERE m.workspace_id = ${own.workspace}`);
  if (!message) throw new Error("no message");
  expect(message).toMatchObject({ held: true, reason: "quiet_hours" });
  const hour = message.leaves.getTime() + 3_600_000;
  expect([message.ends.getTime(), message.due.getTime()]).toEqual([hour, hour]);
});

it("tries the next when a resume passes over the message that the pause held", async () => {
  await begin(["sms", "email"]);
  value(await call(pauseJourney, own.actor(), { journey: journey.id }));
  await take("sms");
  value(await call(resumeJourney, own.actor(), { journey: journey.id, fellDue: "skip" }));
  await workAll(own.workspace);
  await goOn();
  expect(await sent()).toEqual(["sms skipped", "email queued"]);
  expect(await way()).toContain("send.wait_sms send_email");
});

it("ends undeliverable at once when a resume passes over the sending itself: nothing was sent that could arrive", async () => {
  const send = { id: "send", kind: "send-in-order", config: configOf(["sms", "email"], "sent") };
  journey = await liveJourney(
    own,
    line([
      [{ id: "day", kind: "delay", config: { for: "P1D" } }, "next"],
      [send, "undeliverable"],
      [{ id: "lost", kind: "delay", config: { for: "P1D" } }, "next"],
    ]),
  );
  await enterOne();
  value(await call(pauseJourney, own.actor(), { journey: journey.id }));
  await peek(sql`UPDATE run SET due_at = now() - interval '1 minute' WHERE journey_id = ${journey.id}`);
  value(await call(resumeJourney, own.actor(), { journey: journey.id, fellDue: "skip" }));
  await workAll(own.workspace);
  await goOn();
  expect(await sent()).toEqual([]);
  expect((await runsOf(journey.id)).map(({ step, state }) => `${step} ${state}`)).toEqual(["lost.start parked"]);
});

it("tells whoever listens of the messages that a stop drops", async () => {
  await begin(["sms", "email"]);
  const { id } = await liveJourney(
    own,
    line([[{ id: "tag", kind: "tag", config: { action: "add", tag: "missed" } }, "next"]], {
      event: "message_failed",
      when: { all: [{ field: "event.reason", is: "eq", value: "journey_stopped" }] },
    }),
  );
  value(await call(stopJourney, own.actor(), { journey: journey.id }));
  await workAll(own.workspace);
  await dispatchAll();
  expect(await runsOf(id)).toHaveLength(1);
});
