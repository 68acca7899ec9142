import { expect, it } from "vitest";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { previewMessage } from "./preview";

await database();

it("shows content as a real member would get it, with a sample coupon", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  const content = { text: "【青禾】{{ member.name }} {{ coupon.code }}" };
  const shown = await call(previewMessage, own.actor(), { channel: "sms", locale: "zh-CN", content, member });
  expect(shown).toMatchObject({ ok: true, value: { text: expect.stringContaining("Member 1 SAMPLE") } });
});

it("renders mail to HTML, and says what is wrong with a template", async () => {
  const own = await shop();
  const mail = (subject: string) => ({
    channel: "email",
    locale: "en",
    content: { subject, blocks: [{ kind: "coupon" }] },
  });
  expect(await call(previewMessage, own.actor(), mail("Hi {{ member.name }}"))).toMatchObject({
    ok: true,
    value: { subject: "Hi Lin", html: expect.stringContaining("SAMPLE123456") },
  });
  expect(await call(previewMessage, own.actor(), mail("{% if %}"))).toMatchObject({
    ok: false,
    reason: "content_failed",
  });
});

it("knows no other workspace's member", async () => {
  const [own, other] = [await shop(), await shop()];
  const [stranger] = await members(other, 1);
  const asked = { channel: "sms", locale: "en", content: { text: "Hi" }, member: stranger };
  expect(await call(previewMessage, own.actor(), asked)).toMatchObject({ ok: false, reason: "not_found" });
});
