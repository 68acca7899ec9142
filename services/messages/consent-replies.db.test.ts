import { describe, expect, it } from "vitest";
import type { Report } from "@/channels/provider";
import type { MemberId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { call } from "../access/use-case";
import { grantConsent, withdrawConsent } from "../members/consents";
import { suppress } from "../members/suppression";
import { mergeMember } from "../merging/merge";
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
