import twilio from "twilio";
import { afterAll, describe, expect, it } from "vitest";
import { twilioSms } from "@/channels/twilio";
import type { MemberId, MessageId } from "@/core/ids";
import { config, secrets } from "@/platform/config";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { unsubscribeLinks } from "@/services/messages/content/link";
import { signPlace } from "@/services/messages/links/token";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { buildServer } from "../server";

await database({ max: 24 });
const app = await buildServer();
afterAll(() => app.close());

describe("links and callbacks", () => {
  async function reader(own: Shop): Promise<MemberId> {
    const member = newId<MemberId>();
    await engine(async (tx) => {
      await tx.run(
        sql`INSERT INTO member (workspace_id, id, name, phone) VALUES (${own.workspace}, ${member}, '王芳', '+8613800138000')`,
      );
      await tx.run(
        sql`INSERT INTO consent (workspace_id, member_id, channel, purpose, is_granted, source, at) SELECT ${own.workspace}, ${member}, c, 'marketing', true, 'test', '2026-01-01' FROM unnest(ARRAY['sms', 'email']) AS c`,
      );
    });
    return member;
  }
  const consents = async (own: Shop) =>
    (
      await engine((tx) =>
        tx.rows<{ channel: string; granted: boolean }>(sql`
    SELECT channel, is_granted AS granted FROM consent WHERE workspace_id = ${own.workspace} ORDER BY channel`),
      )
    ).map((c) => `${c.channel} ${c.granted}`);

  it("unsubscribe by one press, in the reader's language, and not by being looked at", async () => {
    const own = await shop();
    const { page } = unsubscribeLinks({ workspace: own.workspace, member: await reader(own), channel: "email" });
    const { pathname } = new URL(page);
    const shown = await app.inject({ url: pathname, headers: { "accept-language": "en" } });
    expect([shown.statusCode, shown.body.includes("Unsubscribe"), await consents(own)]).toEqual([
      200,
      true,
      ["email true", "sms true"],
    ]);
    const pressed = await app.inject({
      method: "POST",
      url: pathname,
      headers: { "content-type": "application/x-www-form-urlencoded", "accept-language": "zh" },
      payload: "List-Unsubscribe=One-Click",
    });
    expect([pressed.statusCode, pressed.body.includes("已退订"), await consents(own)]).toEqual([
      200,
      true,
      ["email false", "sms true"],
    ]);
    expect((await app.inject({ method: "POST", url: `${pathname.slice(0, -2)}xx`, payload: "" })).statusCode).toBe(404);
    const large = await app.inject({ method: "POST", url: pathname, payload: "x".repeat(5_000) });
    expect(large.json()).toMatchObject({ status: 413, detail: "a request should be at most 4 KB" });
  });
  it("obey a signed STOP, and nothing that is not signed", async () => {
    const own = await shop();
    await reader(own);
    const url = `${config().PUBLIC_API_URL}/callbacks/twilio/${own.workspace}`;
    const form = {
      MessageSid: `SM${"0".repeat(32)}`,
      AccountSid: twilioSms.sandbox.accountSid,
      From: "+8613800138000",
      To: twilioSms.sandbox.from,
      Body: "退订",
      NumSegments: "1",
      SmsStatus: "received",
    };
    const post = (signature: string) =>
      app.inject({
        method: "POST",
        url: new URL(url).pathname,
        headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature },
        payload: new URLSearchParams(form).toString(),
      });
    // The second stands in the source, for everybody to read.
    for (const forged of ["forged", twilio.getExpectedTwilioSignature(twilioSms.sandbox.authToken, url, form)])
      expect((await post(forged)).statusCode).toBe(403);
    expect(await consents(own)).toEqual(["email true", "sms true"]);
    const answer = await post(twilio.getExpectedTwilioSignature(secrets().sandbox, url, form));
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "text/xml"]);
    expect(await consents(own)).toEqual(["email true", "sms false"]);
    expect(
      (await app.inject({ method: "POST", url: `/callbacks/carrier-pigeon/${own.workspace}`, payload: "" })).statusCode,
    ).toBe(404);
  });
});

describe("tracked links", () => {
  it("lead on to what we signed, tell nobody where they were, and lead nowhere else", async () => {
    const place = { workspace: (await shop()).workspace, message: newId<MessageId>() };
    const target = "https://shop.example/新品?a=1&b=2";
    const url = (to: string) => `/l/${signPlace(place, 0, target)}?u=${encodeURIComponent(to)}`;
    const led = await app.inject({ url: url(target) });
    expect([led.statusCode, led.headers.location]).toEqual([302, "https://shop.example/%E6%96%B0%E5%93%81?a=1&b=2"]);
    expect(led.headers).toMatchObject({ "referrer-policy": "no-referrer", "cache-control": "no-store" });
    for (const other of ["https://evil.example/", "//evil.example", "javascript:alert(1)", `${target}#`])
      expect((await app.inject({ url: url(other) })).statusCode).toBe(404);
    expect((await app.inject({ url: `/l/${signPlace(place, 0)}` })).statusCode).toBe(404);
    expect((await app.inject({ url: `/l/${"A".repeat(5000)}` })).statusCode).toBeGreaterThanOrEqual(400);
  });
  it("answer a picture to whatever asks for one", async () => {
    for (const token of [
      "x.gif",
      `${signPlace({ workspace: (await shop()).workspace, message: newId<MessageId>() }, 255)}.gif`,
    ]) {
      const picture = await app.inject({ url: `/o/${token}` });
      expect([picture.statusCode, picture.headers["content-type"]]).toEqual([200, "image/gif"]);
    }
  });
});
