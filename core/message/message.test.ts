import { describe, expect, it } from "vitest";
import { CHANNELS } from "./channel";
import { channels } from "./channels/registry";
import { MessageContent } from "./content";
import { inLanguage } from "./language";
import { withOptOut } from "./opt-out";
import { asWired } from "./wire-words";
import { wishOf } from "./wish";

describe("every channel", () => {
  it.each(CHANNELS)("%s stands in the registry under its own kind, named in both languages", (kind) => {
    expect(channels[kind].kind).toBe(kind);
    expect(Object.keys(channels).sort()).toEqual([...CHANNELS].sort());
    for (const text of [channels[kind].name.en, channels[kind].name["zh-CN"]]) expect(text).not.toBe("");
  });
  it("finds that empty content is no message, in both languages", () => {
    for (const locale of ["en", "zh-CN"] as const) {
      expect(channels.sms.problems(channels.sms.initial, "service", locale).some((p) => p.severity === "error")).toBe(
        true,
      );
      expect(
        channels.email.problems(channels.email.initial, "service", locale).filter((p) => p.severity === "error"),
      ).toHaveLength(2);
      expect(channels.push.problems(channels.push.initial, "service", locale).some((p) => p.severity === "error")).toBe(
        true,
      );
    }
  });
});

describe("content", () => {
  it("needs at least one language", () => {
    expect(MessageContent.safeParse({ sms: {} }).success).toBe(false);
    expect(MessageContent.safeParse({ sms: { en: { text: "Hi" } } }).success).toBe(true);
  });
  it("lets marketing mail of the marketer's own MJML go out only with a way to unsubscribe", () => {
    const own = (mjml: string) =>
      channels.email.problems({ subject: "Sale", blocks: [], mjml }, "marketing", "en").map((p) => p.code);
    expect(own("<mjml></mjml>")).toContain("email_unsubscribe");
    expect(own("<mjml>links.unsubscribe</mjml>")).toContain("email_unsubscribe");
    expect(own('<mjml><a href="{{ links.unsubscribe }}">x</a></mjml>')).not.toContain("email_unsubscribe");
  });
  it("leaves 广告 and the signature to the settings: both are added as a message leaves", () => {
    const letter = { subject: "周末优惠", blocks: [{ kind: "text" as const, text: "x" }] };
    expect(channels.email.problems(letter, "marketing", "zh-CN")).toEqual([]);
    expect(channels.sms.problems({ text: "周末优惠" }, "marketing", "zh-CN")).toEqual([]);
  });
  it("refuses a button that leads to script", () => {
    const url = (u: string) =>
      channels.email
        .problems({ subject: "s", blocks: [{ kind: "button", label: "Go", url: u }] }, "service", "en")
        .map((p) => p.code);
    expect(url("javascript:alert(1)")).toEqual(["email_link"]);
    expect(url("{{ coupon.link }}")).toEqual([]);
  });
});

describe("the reader's language", () => {
  const both = { en: "hello", "zh-CN": "你好" };
  it.each([
    ["zh", "你好"],
    ["zh-TW", "你好"],
    ["EN-gb", "hello"],
    ["fr", "你好"],
    [null, "你好"],
  ] as const)("%s reads %s", (wanted, text) => {
    expect(inLanguage(both, wanted, "zh-CN")?.content).toBe(text);
  });
  it("falls back to the only language there is", () => {
    expect(inLanguage({ en: "hello" }, "zh-CN", "zh-CN")).toEqual({ locale: "en", content: "hello" });
    expect(inLanguage({}, "en", "en")).toBeUndefined();
  });
});

describe("a reply", () => {
  it.each([
    "STOP",
    " stop. ",
    "Stop!",
    "ｔｄ",
    "TD",
    "t",
    "退订",
    "【退订】",
    "回复TD",
    "unsubscribe",
    "TD退订",
    "TD 退订",
    "退订T",
    "退订，谢谢",
    "请退订",
    "怎么退订？",
    "退订回T",
    "取消订阅",
    "不要再发了",
    "别再发了",
    "请不要再给我发短信",
    "不想再收到了",
    "别再给我发短信",
    "不要给我发短信",
    "别发短信了",
    "Stop please",
    "please STOP texting me!",
    "Stop sending me these messages",
    "opt out",
    "Opt-out please",
    "unsubscribe me",
    "退訂",
    "取消訂閱",
    "請不要再發訊息給我",
    "停止發送",
    "I want to stop receiving these messages",
    "Do not text me again",
    "don’t message me anymore",
    "Please take me off your list",
    "remove me from this list",
    "no more texts please",
    "leave me alone",
    "opt me out",
  ])("%j stops", (text) => expect(wishOf(text)).toBe("stop"));
  it.each(["START", "恢复", "unstop"])("%j starts again", (text) => expect(wishOf(text)).toBe("start"));
  it.each([
    "",
    "don't stop now",
    "thanks",
    "to",
    "取消订单吗",
    "T恤有货吗",
    "不要发票",
    "别发货",
    "不要发顺丰",
    "不想收货",
    "拒收货物怎么办",
    "不要再发货了",
    "不退订",
    "取消退订",
    "我不要退订",
    "再发一次吧",
    "Stop by the shop tomorrow?",
    "where do I stop",
    "non-stop",
    "Don't send it to the shop, I will pick it up",
    "no more than two please",
    "remove the onions",
    "停止发货",
    "發票",
  ])("%j asks for neither", (text) => expect(wishOf(text)).toBe("none"));
});

describe("the way out of marketing SMS", () => {
  it.each([
    ["Coffee is on us", "en", "Coffee is on us. Reply STOP to opt out"],
    ["Coffee is on us!", "en", "Coffee is on us! Reply STOP to opt out"],
    ["Non-stop coffee", "en", "Non-stop coffee. Reply STOP to opt out"],
    ["Coffee. Text STOP to end", "en", "Coffee. Text STOP to end"],
    [
      "Make our shop your next stop to save 20%",
      "en",
      "Make our shop your next stop to save 20%. Reply STOP to opt out",
    ],
    ["Don't stop to think!", "en", "Don't stop to think! Reply STOP to opt out"],
    ["STOP to end hunger with us", "en", "STOP to end hunger with us. Reply STOP to opt out"],
    ["Coffee. STOP to unsubscribe", "en", "Coffee. STOP to unsubscribe"],
    ["Coffee. STOP 2 end", "en", "Coffee. STOP 2 end"],
    ["Coffee. Reply with STOP to cancel", "en", "Coffee. Reply with STOP to cancel"],
    ["【青禾】送您一张券", "zh-CN", "【青禾】送您一张券，拒收请回复R"],
    ["【青禾】酒店可免费退订", "zh-CN", "【青禾】酒店可免费退订，拒收请回复R"],
    ["【青禾】凭券回T恤一件", "zh-CN", "【青禾】凭券回T恤一件，拒收请回复R"],
    ["【青禾】送您一张券 退订请回TD", "zh-CN", "【青禾】送您一张券 退订请回TD"],
    ["【青禾】送您一张券 拒收请回复R", "zh-CN", "【青禾】送您一张券 拒收请回复R"],
    ["【青禾】送您一张券。回T退订", "zh-CN", "【青禾】送您一张券。回T退订"],
  ] as const)("%j (%s)", (text, locale, expected) => expect(withOptOut(text, locale)).toBe(expected));
});

describe("what the law asks of a message's words", () => {
  const of = {
    purpose: "marketing",
    locale: "zh-CN",
    to: "+8613800138000",
    workspace: { name: "青禾生活", currency: "CNY" },
    messaging: { signature: null, advert: "auto" },
  } as const;
  const mail = { subject: "新品上市", html: "", text: "" };

  it("is a signature before SMS to the mainland, the workspace's name unless another is set", () => {
    expect(asWired("sms", { text: "送您一张券" }, of)).toEqual({ text: "【青禾生活】送您一张券" });
    expect(asWired("sms", { text: "【青禾】送您一张券" }, of)).toEqual({ text: "【青禾】送您一张券" });
    expect(asWired("sms", { text: "青禾生活: a coupon for you" }, of)).toEqual({
      text: "【青禾生活】a coupon for you",
    });
    expect(asWired("sms", { text: "青禾生活送您一张券" }, of)).toEqual({ text: "【青禾生活】青禾生活送您一张券" });
    const signed = { ...of, messaging: { ...of.messaging, signature: "青禾" } };
    expect(asWired("sms", { text: "A code" }, { ...signed, purpose: "service" })).toEqual({ text: "【青禾】A code" });
    expect(asWired("sms", { text: "A coupon" }, { ...of, to: "+14155550100" })).toEqual({ text: "A coupon" });
  });
  it("is 广告 before the subject of marketing mail, by the setting", () => {
    expect(asWired("email", mail, of).subject).toBe("广告：新品上市");
    expect(asWired("email", { ...mail, subject: "（广告）新品" }, of).subject).toBe("（广告）新品");
    expect(asWired("email", mail, { ...of, purpose: "service" }).subject).toBe("新品上市");
    expect(asWired("email", mail, { ...of, messaging: { ...of.messaging, advert: "never" } }).subject).toBe("新品上市");
    const euro = { ...of, workspace: { ...of.workspace, currency: "EUR" } };
    expect(asWired("email", mail, euro).subject).toBe("新品上市");
    const always = { ...euro, locale: "en", messaging: { ...of.messaging, advert: "always" } } as const;
    expect(asWired("email", { ...mail, subject: "New" }, always).subject).toBe("AD: New");
  });
});

describe("a push", () => {
  const codes = (title: string, body = "") =>
    channels.push.problems({ title, body }, "marketing", "en").map(({ code }) => code);
  it("is cut where phones cut it: Chinese takes twice the room of Latin letters", () => {
    expect(codes("a".repeat(50), "a".repeat(150))).toEqual([]);
    expect(codes("a".repeat(51), "a".repeat(151))).toEqual(["push_title_long", "push_body_long"]);
    expect(codes("好".repeat(25), `${"好".repeat(70)}，🎁 ok`)).toEqual([]);
    expect(codes("好".repeat(26), "好".repeat(76))).toEqual(["push_title_long", "push_body_long"]);
  });
  it("may not be more than push services take", () => {
    const long = { title: "好".repeat(200), body: "好".repeat(1000), url: "https://tea.example/" };
    expect(channels.push.problems(long, "marketing", "en").map(({ code }) => code)).toContain("push_too_large");
  });
});
