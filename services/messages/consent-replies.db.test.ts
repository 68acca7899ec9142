import { describe, expect, it } from "vitest";
import type { Report } from "@/channels/provider";
import type { MemberId, MessageId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { dispatchAll, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { call } from "../access/use-case";
import { grantConsent, withdrawConsent } from "../members/consents";
import { suppress } from "../members/suppression";
import { mergeMember } from "../merging/merge";
import { complain } from "./complain";
import { sign, verify } from "./content/link";
import { receiveReports } from "./report";
import { unsubscribe } from "./unsubscribe";

await database();

const PHONE = "+8613800138222";
type Wish = Extract<Report, { about: "reply" }>["wish"];

async function reader(phone: string | null = PHONE): Promise<{ own: Shop; member: MemberId }> {
  const own = await shop();
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await engine(async (tx) => {
    await tx.run(sql`UPDATE member SET phone = ${phone} WHERE id = ${member}`);
    await tx.run(sql`DELETE FROM consent WHERE member_id = ${member}`);
  });
  return { own, member };
}
/** What stands of the member's marketing consents, and which phones are barred and why. */
const stands = async (own: Shop, member: MemberId) => ({
  consents: (
    await peek<{ is: string }>(sql`
      SELECT channel || CASE WHEN is_granted THEN ' yes' ELSE ' no' END AS is FROM consent
      WHERE workspace_id = ${own.workspace} AND member_id = ${member} AND purpose = 'marketing' ORDER BY channel`)
  ).map(({ is }) => is),
  bars: (
    await peek<{ is: string }>(
      sql`SELECT address || ' ' || reason AS is FROM suppression WHERE workspace_id = ${own.workspace} ORDER BY 1`,
    )
  ).map(({ is }) => is),
});
const reply = (own: Shop, wish: Wish, from = PHONE) =>
  receiveReports(
    own.workspace,
    { name: "twilio", channel: "sms" },
    [{ about: "reply", ref: newId(), from, to: "+1", text: wish, wish }],
    new Date(),
  );
const agrees = (own: Shop, member: MemberId, channel: "sms" | "email" = "sms") =>
  call(grantConsent, own.actor(), { member, channel, evidence: "signed at the till" });

describe("a mail's link", () => {
  it("of before a merge unsubscribes whom the member is now", async () => {
    const { own, member } = await reader(null);
    const [survivor] = await members(own, 1);
    if (!survivor) throw new Error("no survivor");
    const token = sign({ workspace: own.workspace, member, channel: "email" });
    expect(verify(token)).toMatchObject({ member });
    await agrees(own, survivor, "email");
    expect(await call(mergeMember, own.actor(), { member, into: survivor })).toMatchObject({ ok: true });
    expect(await unsubscribe(token, {}, new Date())).toBe(true);
    expect((await stands(own, survivor)).consents).toContain("email no");
    expect(await stands(own, member)).toMatchObject({ consents: [] });
  });
});

describe("STOP", () => {
  it("from a phone the member had until they named another is their word too", async () => {
    const { own, member } = await reader("+8613900139222");
    await engine((tx) =>
      tx.run(
        sql`INSERT INTO identity (workspace_id, kind, value, member_id) VALUES (${own.workspace}, 'phone', ${PHONE}, ${member})`,
      ),
    );
    await agrees(own, member);
    await reply(own, "stop");
    expect(await stands(own, member)).toEqual({ consents: ["sms no"], bars: [`${PHONE} stop_reply`] });
    // Who has another phone by now does not come back by a text from this one.
    await reply(own, "start");
    expect(await stands(own, member)).toEqual({ consents: ["sms no"], bars: [] });
  });
});

describe("START", () => {
  it("gives back what a STOP took", async () => {
    const { own, member } = await reader();
    await agrees(own, member);
    await reply(own, "stop");
    await reply(own, "start");
    expect(await stands(own, member)).toEqual({ consents: ["sms yes"], bars: [] });
  });

  it("gives no consent that was never given, nor one that was withdrawn otherwise", async () => {
    const { own, member } = await reader();
    await reply(own, "start");
    expect(await stands(own, member)).toEqual({ consents: [], bars: [] });
    await agrees(own, member);
    await call(withdrawConsent, own.actor(), { member, channel: "sms" });
    await reply(own, "start");
    expect(await stands(own, member)).toEqual({ consents: ["sms no"], bars: [] });
  });

  it("leaves a bar that was set for another reason", async () => {
    const { own, member } = await reader();
    await engine((tx) =>
      suppress(tx, own.workspace, [{ channel: "sms", address: PHONE, reason: "court order" }], new Date()),
    );
    await reply(own, "start");
    expect(await stands(own, member)).toMatchObject({ bars: [`${PHONE} court order`] });
  });
});

describe("a change of consent", () => {
  /** How often live journeys heard that it was withdrawn and given. */
  async function listener(own: Shop) {
    const on = (event: string) => liveJourney(own, line([tagged("tag", event)], { event }));
    const [withdrawn, granted] = [await on("consent_withdrawn"), await on("consent_granted")];
    return async () => {
      await dispatchAll();
      return [(await runsOf(withdrawn.id)).length, (await runsOf(granted.id)).length];
    };
  }

  it("is told once, whoever says it: a reply, the link of a mail, a complaint, a person", async () => {
    const { own, member } = await reader();
    const heard = await listener(own);
    await agrees(own, member);
    await agrees(own, member);
    expect(await heard()).toEqual([0, 1]);
    await reply(own, "stop");
    await reply(own, "stop");
    expect(await heard()).toEqual([1, 1]);
    await reply(own, "start");
    expect(await heard()).toEqual([1, 2]);
    await call(withdrawConsent, own.actor(), { member, channel: "sms" });
    await call(withdrawConsent, own.actor(), { member, channel: "sms" });
    expect(await heard()).toEqual([2, 2]);

    await agrees(own, member, "email");
    const token = sign({ workspace: own.workspace, member, channel: "email" });
    await unsubscribe(token, {}, new Date());
    await unsubscribe(token, {}, new Date());
    expect(await heard()).toEqual([3, 3]);

    await agrees(own, member, "email");
    const message = { id: newId<MessageId>(), member, channel: "email", address: null, journey: null } as const;
    for (let i = 0; i < 2; i++) await engine((tx) => complain(tx, own.workspace, message, new Date()));
    expect(await heard()).toEqual([4, 4]);
  });
});
