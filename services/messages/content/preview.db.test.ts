import { expect, it } from "vitest";
import { newId } from "@/platform/ids";
import type { Actor } from "@/services/access/actor";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";
import { createOffer } from "../../offers/create";
import { previewMessage } from "./preview";

await database();

it("shows content as a real member would get it, with a sample coupon", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  const content = { text: "【青禾】{{ member.name }} {{ coupon.code }}" };
  const shown = await call(previewMessage, own.actor(), { channel: "sms", locale: "zh-CN", content, member });
  expect(shown).toMatchObject({ ok: true, value: { text: expect.stringMatching(/Member 1 [0-9A-Z]{12}/) } });
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
    value: { subject: "Hi Lin Xia", html: expect.stringContaining("¥20 off ¥100") },
  });
  expect(await call(previewMessage, own.actor(), mail("{% if %}"))).toMatchObject({
    ok: false,
    reason: "content_failed",
  });
});

it("says of a value that is a list of objects that nobody could read it, and where", async () => {
  const own = await shop();
  const asked = { channel: "sms", locale: "en", content: { text: "You bought {{ event.items }}" } };
  const refused = await call(previewMessage, own.actor(), asked);
  expect(refused).toMatchObject({ ok: false, reason: "content_failed", path: ["content", "text"] });
  expect(refused).toMatchObject({
    detail: expect.stringMatching(/^“\{\{ event\.items \}\}” is an object or a list of objects, which nobody can read/),
    chinese: expect.stringContaining("请写明其中的字段"),
  });
});

it("says for the invented member and for a real one that a name is not known, and where", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  const asked = { channel: "sms", locale: "en", content: { text: "Hi {{ oops }}" } };
  const refused = {
    ok: false,
    reason: "content_failed",
    path: ["content", "text"],
    detail: expect.stringContaining("“oops”"),
  };
  expect(await call(previewMessage, own.actor(), asked)).toMatchObject(refused);
  expect(await call(previewMessage, own.actor(), { ...asked, member })).toMatchObject(refused);
  const chinese = await call(previewMessage, own.actor(), asked);
  expect(chinese).toMatchObject({ chinese: expect.stringContaining("没有名为“oops”的变量") });
});

it("shows the coupons of the offers that the run holds, in each language, and none of another workspace's", async () => {
  const [own, other] = [await shop(), await shop()];
  const terms = { discount: { kind: "cash_voucher", amount: 500 }, validity: { is: "fixed", until: "2031-03-09" } };
  const make = async (of: typeof own, name: unknown) => value(await call(createOffer, of.actor(), { name, terms })).id;
  const [tea, cake] = [await make(own, { en: "Tea", "zh-CN": "茶" }), await make(own, "Cake")];
  const strange = await make(other, "Not ours");
  const text =
    "{% for c in coupons %}{{ c.name }} {{ c.expires_at | date }}; {% endfor %}{{ coupon.name }} {{ event.amount }}";
  const shown = async (more: object) =>
    value(
      await call(previewMessage, own.actor(), {
        channel: "push",
        locale: "en",
        content: { title: text, body: "" },
        ...more,
      }),
    );
  expect(await shown({ offers: [cake, strange, tea], event: null })).toMatchObject({
    title: "Cake 9 March 2031; Tea 9 March 2031; Tea",
  });
  expect(await shown({ offers: [tea], locale: "zh-CN", event: "order_paid" })).toMatchObject({
    title: "茶 2031年3月9日; 茶 18800",
  });
  const without = { channel: "push", locale: "en", content: { title: "{{ coupon.code }}", body: "" }, offers: [] };
  expect(await call(previewMessage, own.actor(), without)).toMatchObject({
    ok: false,
    reason: "content_failed",
    chinese: expect.stringContaining("请在此步骤之前发放奖励"),
  });
});

it("says in both languages all that is wrong, also what renders only then", async () => {
  const own = await shop();
  const said = async (channel: string, content: object) =>
    call(previewMessage, own.actor(), { channel, locale: "en", content });
  const two = await said("sms", { text: "{{ member.name | mony }} and {{ member.points | roundd2 }}" });
  expect(two).toMatchObject({ ok: false, detail: expect.stringMatching(/“mony”.*“roundd2”/) });
  const image = { kind: "image", url: "{{ member.attributes.photo }}", alt: "x" };
  expect(await said("email", { subject: "Hi", blocks: [image] })).toMatchObject({
    ok: false,
    path: ["content", "blocks", 0, "url"],
    detail: "An image has no address: give one that begins with https://.",
    chinese: "图片没有地址：请填写以 https:// 开头的地址。",
  });
});

it("knows no other workspace's member", async () => {
  const [own, other] = [await shop(), await shop()];
  const [stranger] = await members(other, 1);
  const asked = { channel: "sms", locale: "en", content: { text: "Hi" }, member: stranger };
  expect(await call(previewMessage, own.actor(), asked)).toMatchObject({ ok: false, reason: "not_found" });
});

it("fills in a member's details only for whoever may read members", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  const designer: Actor = {
    as: "key",
    workspace: own.workspace,
    key: newId(),
    scopes: ["journey.read"],
    name: "designer",
  };
  const asked = { channel: "sms", locale: "en", content: { text: "{{ member.phone }}" } };
  expect(await call(previewMessage, designer, asked)).toMatchObject({ ok: true });
  expect(await call(previewMessage, designer, { ...asked, member })).toMatchObject({
    ok: false,
    reason: "not_allowed",
    path: ["member"],
  });
});
