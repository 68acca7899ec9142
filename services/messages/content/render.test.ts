import { describe, expect, it } from "vitest";
import type { Purpose } from "@/core/message/channel";
import type { EmailContent } from "@/core/message/channels/email";
import type { Scope } from "@/core/message/scope";
import { processorMs } from "@/tests/harness/processor";
import { render, templateMistakes, templateProblems } from "./render";

const scope = (over: Partial<Scope> = {}): Scope => ({
  locale: "zh-CN",
  timeZone: "Asia/Shanghai",
  now: new Date("2026-11-22T17:30:00Z"),
  currency: "CNY",
  member: { name: "李雷", points: 1200 },
  event: { properties: { total: 12_050, note: null } },
  coupons: [
    { code: "AB12-CD34", name: "满100减20", link: "https://shop.example/c/x", expires_at: "2026-12-21T15:59:59.000Z" },
  ],
  workspace: { name: "青禾生活" },
  links: { unsubscribe: "https://x.example/u?a=1&b=2" },
  ...over,
});
const sms = async (text: string, over: Partial<Scope> = {}, purpose: Purpose = "service") => {
  const done = await render("sms", { text }, scope(over), purpose);
  return done.ok ? done.value.text : done;
};
const mail = async (content: Partial<EmailContent>, over: Partial<Scope> = {}, purpose: Purpose = "marketing") => {
  const done = await render("email", { subject: "s", blocks: [], ...content }, scope(over), purpose);
  if (!done.ok) throw new Error(`${done.cause}: ${done.detail}`);
  return done.value;
};

describe("a text message", () => {
  it.each([
    [
      "{{ member.name }}，您的{{ coupon.name }} {{ coupon.code }}，{{ coupon.expires_at | date }}前有效",
      "李雷，您的满100减20 AB12-CD34，2026年12月21日前有效",
    ],
    ["{{ event.properties.total | money }} / {{ 2000 | money }} / {{ 'x' | money }}", "¥120.50 / ¥20 / x"],
    ["{{ 1000 | money: 'JPY' }} {{ 'now' | date: '%Y-%m-%d %H:%M' }}", "¥1,000 2026-11-23 01:30"],
    ["{{ '2026-11-22' | date }} {{ 'now' | date: '%H', 'UTC' }}", "2026年11月22日 17"],
    ["[{{ member.nickname }}]{{ member.nickname | default: '您' }}", "[]您"],
    ["<{{ workspace.name }}> & {% for c in coupons %}{{ c.code }}{% endfor %}", "<青禾生活> & AB12-CD34"],
  ])("%j reads %j", async (template, text) => expect(await sms(template)).toBe(text));

  it.each([
    ["{{ member.name }}，感谢您消费！", "感谢您消费！"],
    ["【青禾】{{member.name}}，您好", "【青禾】您好"],
    ["Hi {{ member.name }}, thank you", "Hi, thank you"],
    ["{{ member.name }}, thank you for your order", "Thank you for your order"],
    ["Happy birthday, {{ member.name }}! A gift", "Happy birthday! A gift"],
    ["恭喜{{ member.name }}升级", "恭喜升级"],
    ["See you,\n{{ member.name }}: tomorrow", "See you,\nTomorrow"],
    ["{{ member.name | default: '会员' }}，您好", "会员，您好"],
    ["{% if member.name %}{{ member.name }}{% else %}您{% endif %}，好", "您，好"],
  ])("%j reads %j to somebody without a name", async (template, text) => {
    for (const name of [null, undefined]) expect(await sms(template, { member: { name } })).toBe(text);
  });
  it("uses the language, the zone and the currency of its reader", async () => {
    expect(
      await sms("{{ coupon.expires_at | date }} {{ 2000 | money }}", {
        locale: "en",
        timeZone: "Pacific/Auckland",
        currency: "USD",
      }),
    ).toBe("22 December 2026 $20");
  });
  it("replaces half a character that a template cut off, which no JSON column takes", async () => {
    expect(await sms("{{ member.name | split: '' | first }}!", { member: { name: "😀Emoji" } })).toBe("\uFFFD!");
  });
  it("says how to stop when it is marketing", async () => {
    expect(await sms("Hello", { locale: "en" }, "marketing")).toBe("Hello. Reply STOP to opt out");
  });
  it("does not fill in what a member wrote into their own name", async () => {
    expect(await sms("Hi {{ member.name }}", { member: { name: "{{ workspace.name }}{% raw %}" } })).toBe(
      "Hi {{ workspace.name }}{% raw %}",
    );
  });
  const parcel = { event: { properties: { o: { a: 1 }, list: [{ a: 1 }, { a: 2 }], tags: ["a", "b"] } } };
  it.each([
    "{{ event.properties.o }}",
    "{{ event.properties.list }}",
    "{{ event.properties }}",
    "{% for one in event.properties.list %}{{ one }}{% endfor %}",
    "{{ event.properties.o | upcase }}",
    "{{ 'A ' | append: event.properties.o }}",
    "{{ event.properties.list | join: ', ' }}",
    "{{ coupon }}",
  ])("fails rather than write an object, which has no words: %j", async (template) => {
    const named = /\{\{[^}]*\}\}/.exec(template)?.[0];
    const failed = { ok: false, cause: "not_text", detail: `${named} is an object or a list of objects` };
    expect(await sms(template, parcel)).toMatchObject(failed);
    expect(
      await render("email", { subject: "s", blocks: [{ kind: "text", text: template }] }, scope(parcel), "service"),
    ).toMatchObject(failed);
  });
  it("writes an object's fields, a list of plain values, and an object where JSON is asked for", async () => {
    const template =
      "{{ event.properties.o.a }} {{ event.properties.list | map: 'a' | join: '+' }} {{ event.properties.tags }} {{ event.properties.o | json }} {{ event.properties.list.size }}";
    expect(await sms(template, parcel)).toBe('1 1+2 ab {"a":1} 2');
  });
  it.each([
    ["{{ coupon.code }}", "coupon_missing"],
    ["{{ member.name", "syntax"],
    ["{{ member.name | nonsense }}", "syntax"],
    ["{{ member.nickname }}", "empty"],
    ["{% for i in (1..1601) %}a{% endfor %}", "too_long"],
  ])("%j fails as %s", async (template, cause) =>
    expect(await sms(template, { coupons: [] })).toMatchObject({
      ok: false,
      reason: "content_failed",
      cause,
      path: ["text"],
    }),
  );
  it("can ask whether a coupon was issued", async () => {
    const template = "{% if coupon %}{{ coupon.code }}{% else %}none{% endif %}";
    expect(await sms(template)).toBe("AB12-CD34");
    expect(await sms(template, { coupons: [] })).toBe("none");
  });
});

describe("a hostile template", () => {
  const hostile = [
    "{% for i in (1..100000000) %}x{% endfor %}",
    "{% for i in (1..5000) %}{% for j in (1..5000) %}{% endfor %}{% endfor %}",
    "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}",
    "{% assign s = 'aaaaaaaaaa' %}{% for i in (1..12) %}{% assign s = s | replace: 'a', 'aaaaaaaaaa' %}{% endfor %}{{ s }}",
    "{{ 'now' | date: '%999999999d' }}",
    "{% assign a = 'x,x,x,x' | split: ',' %}{% for i in (1..60) %}{% assign a = a | concat: a %}{% endfor %}{{ a | join }}",
    "{% if true %}".repeat(20_000),
    "{% for i in (1..150) %}{% for j in (1..150) %}{% endfor %}{% endfor %}",
    "{% for i in (1..1000000000) %}x{% endfor %}",
    "{% for i in (9007199254740992..9007199254740994) %}x{% endfor %}",
    "{% for i in (event.properties.far..event.properties.farther) %}x{% endfor %}",
    "{% assign a = (event.properties.far..event.properties.farther) %}",
    "{% assign a = ('9007199254740992'..'9007199254740994') %}",
    "{% if true %}x{% elsif (event.properties.far..event.properties.farther) %}{% endif %}",
    "{% liquid\nfor i in (event.properties.far..event.properties.farther)\necho i\nendfor %}",
    "{% tablerow i in (1..150) cols:2 %}{% tablerow j in (1..150) %}x{% endtablerow %}{% endtablerow %}",
    "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..60) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}x",
    "{% assign a = 'x' | split: ',' %}{% for i in (1..60) %}{% assign a = a | push: a %}{% endfor %}x",
    "{% assign g = coupons | group_by: 'name' %}{% for i in (1..60) %}{% assign g = g | concat: g %}{% endfor %}x",
    `{% for i in (1..10000) %}{% if false %}${"{% elsif false %}".repeat(500)}{% endif %}{% endfor %}x`,
    `{% for i in (1..10000) %}{% case 1 %}{% when ${"2,".repeat(500)}3 %}{% endcase %}{% endfor %}x`,
    `{% for i in (1..10000) %}{% if ${"false or ".repeat(500)}false %}{% endif %}{% endfor %}x`,
    "{% assign a = (1..80000) %}{% for i in (1..10000) %}{% for x in a offset:1 limit:1 %}{% endfor %}{% endfor %}x",
    "{% assign a = (1..9000) %}{% for i in (1..10000) %}{% if a contains 'y' %}{% endif %}{% endfor %}x",
    "{% for i in (1..10000) %}{{ 'now' | date: '%c' | slice: 0, 0 }}{% endfor %}x",
    "{% for i in (1..10000) %}{{ 1 | money | slice: 0, 0 }}{% endfor %}x",
    `{% for i in (1..10000) %}{{ ${"a.".repeat(2000)}b }}{% endfor %}x`,
    "{{ coupons | where_exp: 'c', '(1..c.far)' }}x",
    "{% include '/etc/passwd' %}",
    "{% render '/etc/passwd' %}",
    "{% layout '/etc/passwd' %}",
    `{{ ${"a.".repeat(30_000)}b }}`,
    `${"{{ 1 }}".repeat(40_000)}`,
  ];
  it.each(hostile.map((template) => [template.slice(0, 60), template]))(
    "%s is stopped in time and reported",
    async (_name, template) => {
      const before = process.cpuUsage();
      const text = await sms(template, {
        event: { properties: { far: "9007199254740992", farther: "9007199254740994" } },
      });
      expect(text).toMatchObject({
        ok: false,
        reason: "content_failed",
        cause: expect.stringMatching(/limit|syntax|empty/),
      });
      expect(processorMs(before)).toBeLessThan(3000);
    },
  );
  it("takes its work from what the whole message may cost", async () => {
    const heavy = "{% for i in (1..2500) %}{% endfor %}x";
    expect(await sms(heavy)).toBe("x");
    const blocks = Array.from({ length: 20 }, () => ({ kind: "text" as const, text: heavy }));
    expect(await render("email", { subject: "s", blocks }, scope(), "service")).toMatchObject({
      ok: false,
      cause: "limit",
    });
  });
  it("is not the list of a long order, with amounts and a date for each line", async () => {
    const items = Array.from({ length: 100 }, (_, i) => ({ name: `Item ${i}`, price: 990 + i }));
    const line = "{% if i.price > 1000 %}{{ i.name }} {{ i.price | money }} {{ 'now' | date }}\n{% endif %}";
    const mjml = `<mjml><mj-body><mj-section><mj-column><mj-text>{% for i in event.properties.items %}${line}{% endfor %}</mj-text></mj-column></mj-section></mj-body></mjml>`;
    const done = await render(
      "email",
      { subject: "s", blocks: [], mjml },
      scope({ event: { properties: { items } } }),
      "service",
    );
    expect(done).toMatchObject({ ok: true, value: { text: expect.stringContaining("Item 99 ¥10.89") } });
  });
  it("is stopped after the same step however often it is filled in", async () => {
    const most = async (times: number) => typeof (await sms(`{% for i in (1..${times}) %}{% endfor %}x`)) === "string";
    let [fits, over] = [1, 200_000];
    while (over - fits > 1) {
      const half = Math.floor((fits + over) / 2);
      if (await most(half)) fits = half;
      else over = half;
    }
    expect(fits).toBeLessThan(20_000);
    for (let i = 0; i < 3; i++) expect([await most(fits), await most(over)]).toEqual([true, false]);
  });
  it.each([
    "{{ member.constructor.name }}",
    "{{ member.__proto__ }}",
    "{{ member['constructor'] }}",
    "{{ coupons.constructor }}",
    "{{ workspace.toString }}",
    "{{ globals }}{{ now }}{{ timeZone }}",
  ])("%s shows nothing of the machine", async (template) => {
    expect(await sms(`[${template}]`, {})).not.toMatch(/Object|function|native|Array/);
  });
  it.each([
    "{{ text | strip_html }}",
    "{{ text | escape_once }}",
    "{{ text | strip_newlines }}",
    "{{ text | truncatewords: 5 }}",
    "{{ text | url_decode }}",
  ])("%s does not stall on text made to stall it", async (template) => {
    const before = process.cpuUsage();
    await sms(template.replace("text", "member.name"), { member: { name: "<script<!--<style".repeat(6000) } });
    expect(processorMs(before)).toBeLessThan(3000);
  });
});

describe("a mail of blocks", () => {
  const blocks: EmailContent["blocks"] = [
    { kind: "heading", text: "您好 {{ member.name }}" },
    { kind: "text", text: "第一行\n第二行 <b>{{ member.name }}</b>" },
    { kind: "coupon" },
    { kind: "button", label: "去使用", url: "https://shop.example/?m={{ member.name | url_encode }}&x=1" },
  ];
  it("carries every word in both parts, and the way out", async () => {
    const { subject, html, text } = await mail({
      subject: "【广告】 {{ member.name }}\n的券",
      preheader: "只给{{ member.name }}",
      blocks,
    });
    expect(subject).toBe("【广告】 李雷 的券");
    for (const word of [
      "您好 李雷",
      "第一行<br />第二行",
      "AB12-CD34",
      "有效期至 2026年12月21日",
      "去使用",
      "只给李雷",
      "青禾生活",
      "退订",
    ])
      expect(html).toContain(word);
    for (const word of [
      "您好 李雷",
      "第一行\n第二行",
      "AB12-CD34",
      "去使用: https://shop.example/?m=%E6%9D%8E%E9%9B%B7&x=1",
      "退订: https://x.example/u?a=1&b=2",
    ])
      expect(text).toContain(word);
    expect(html).toContain('href="https://x.example/u?a=1&amp;b=2"');
    expect(html).toContain('href="https://shop.example/?m=%E6%9D%8E%E9%9B%B7&amp;x=1"');
    expect(html).not.toMatch(/zqSLOT|fonts\.googleapis|\{\{/);
  });
  it("escapes what members and marketers write", async () => {
    const { html, text } = await mail({ blocks }, { member: { name: '<img src=x onerror="alert(1)">' } });
    expect(html).not.toContain("<img src=x");
    expect(html).toContain("&lt;b&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
    expect(text).toContain('<img src=x onerror="alert(1)">');
  });
  it.each(["javascript:alert(1)", " data:text/html,x", "{{ member.nothing }}"])("does not link to %j", async (url) => {
    const done = await render(
      "email",
      { subject: "s", blocks: [{ kind: "button", label: "x", url }] },
      scope(),
      "service",
    );
    expect(done).toMatchObject({ ok: false, cause: "bad_link", path: ["blocks", 0, "url"] });
  });
  it("never goes out as marketing without a way to unsubscribe, nor with a coupon that is not there", async () => {
    expect(await render("email", { subject: "s", blocks }, scope({ links: {} }), "marketing")).toMatchObject({
      ok: false,
      cause: "no_unsubscribe",
    });
    expect(await render("email", { subject: "s", blocks }, scope({ coupons: [] }), "marketing")).toMatchObject({
      ok: false,
      cause: "coupon_missing",
      path: ["blocks", 2],
    });
  });
  it("gives each reader their own words from one compiled shape", async () => {
    const of = async (name: string) => (await mail({ blocks }, { member: { name } })).html;
    const [a, b] = await Promise.all([of("甲"), of("乙")]);
    expect(a).toContain("您好 甲");
    expect(b).toContain("您好 乙");
    expect(a).not.toContain("乙");
  });
});

describe("a mail of the marketer's own MJML", () => {
  const own = (inside: string) =>
    `<mjml><mj-body><mj-section><mj-column>${inside}</mj-column></mj-section></mj-body></mjml>`;
  const OUT = '<mj-button href="{{ links.unsubscribe }}">Out</mj-button>';
  it("is filled in, escaped, and has a text part", async () => {
    const mjml = own(
      '<mj-text>Hi {{ member.name }}{% if coupon %}, use <a href="{{ links.unsubscribe }}">{{ coupon.code }}</a>{% endif %}</mj-text><mj-button href="https://x.example/?c={{ coupon.code }}">Go</mj-button>',
    );
    const { html, text } = await mail({ mjml }, { member: { name: "<Li>" } });
    expect(html).toContain('Hi &lt;Li&gt;, use <a href="https://x.example/u?a=1&amp;b=2">AB12-CD34</a>');
    expect(html).toContain("https://x.example/?c=AB12-CD34");
    expect(text).toContain("Hi <Li>, use AB12-CD34 (https://x.example/u?a=1&b=2)");
    expect(text).not.toMatch(/<!--|@media|mso/);
  });
  it("of a hundred kilobytes of broken tags is rendered or refused in time", async () => {
    for (const bad of ["<a ", "<!--", "<mj-text>", "<mj-raw><a href=", "&#", "{{", "{% if true %}"]) {
      const before = process.cpuUsage();
      await render(
        "email",
        { subject: "s", blocks: [], mjml: own(bad.repeat(Math.floor(90_000 / bad.length))) },
        scope(),
        "service",
      );
      expect(processorMs(before)).toBeLessThan(5000);
    }
  }, 60_000);
  it("cannot switch escaping off", async () => {
    const { html } = await mail(
      { mjml: own(`<mj-text>{{ member.name | raw }}</mj-text>${OUT}`) },
      { member: { name: "<script>" } },
    );
    expect(html).not.toContain("<script>");
  });
  it("cannot read files", async () => {
    const done = await render(
      "email",
      { subject: "s", blocks: [], mjml: own('<mj-include path="/etc/passwd" type="html" />') },
      scope(),
      "service",
    );
    expect(JSON.stringify(done)).not.toContain("root:");
  });
  it.each([
    [own("<mj-nonsense>x</mj-nonsense>"), "mjml"],
    [own("{{ member.name }}<mj-text>x</mj-text>"), "mjml"],
    [own("<mj-text>{{ member.name </mj-text>"), "syntax"],
    [own("<mj-text>{% if coupon %}</mj-text>"), "syntax"],
    ["not mjml at all", "mjml"],
  ])("%s fails as %s", async (mjml, cause) => {
    expect(await render("email", { subject: "s", blocks: [], mjml }, scope(), "service")).toMatchObject({
      ok: false,
      reason: "content_failed",
      cause,
    });
  });
});

describe("a push", () => {
  it("is filled in and leads to web addresses only", async () => {
    const push = (url: string) =>
      render("push", { title: " {{ member.name }} ", body: "{{ coupon.code }}", url }, scope(), "marketing");
    expect(await push("https://x.example/{{ coupon.code }}")).toEqual({
      ok: true,
      value: { title: "李雷", body: "AB12-CD34", url: "https://x.example/AB12-CD34" },
    });
    expect(await push("")).toEqual({ ok: true, value: { title: "李雷", body: "AB12-CD34" } });
    for (const url of ["javascript:x", "//evil.example", "ftp://x"])
      expect(await push(url)).toMatchObject({ ok: false, cause: "bad_link", path: ["url"] });
  });
});

describe("before anybody is written to", () => {
  it("mistakes are found with their place", async () => {
    expect(await templateProblems("sms", { text: "{{ member.name | nope }}" })).toMatchObject([
      { severity: "error", path: ["text"] },
    ]);
    expect(
      await templateProblems("email", {
        subject: "{% if %}",
        blocks: [
          { kind: "text", text: "ok" },
          { kind: "heading", text: "{{" },
        ],
        mjml: "<mjml><mj-body><mj-x/></mj-body></mjml>",
      }),
    ).toMatchObject([{ path: ["subject"] }, { path: ["blocks", 1, "text"] }, { path: ["mjml"] }]);
    expect(await templateProblems("push", { title: "{{ member.name }}", body: "" })).toEqual([]);
  });
  it("so is one that asks for too much work, and what one member only lacks is not", async () => {
    const loops = "{% for i in (1..1000) %}{% for k in (1..1000) %}x{% endfor %}{% endfor %}";
    const too = { says: { en: expect.stringContaining("too much work"), "zh-CN": expect.stringContaining("运算量") } };
    expect(await templateProblems("sms", { text: loops })).toMatchObject([{ ...too, path: ["text"] }]);
    const mjml = `<mjml><mj-body><mj-section><mj-column><mj-text>${loops}</mj-text></mj-column></mj-section></mj-body></mjml>`;
    expect(await templateProblems("email", { subject: "s", blocks: [], mjml })).toMatchObject([
      { ...too, path: ["mjml"] },
    ]);
    expect(templateMistakes(loops)).toMatchObject([too.says]);
    expect(templateMistakes("{% for c in coupons %}{{ c.code }}{% endfor %}{{ coupons[3].code }}")).toEqual([]);
  });
});
