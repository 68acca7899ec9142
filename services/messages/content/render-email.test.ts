import { describe, expect, it } from "vitest";
import type { EmailBlock } from "@/core/message/channels/email-blocks";
import type { Scope } from "@/core/message/scope";
import { track } from "../links/track";
import { render } from "./render";

const scope = (over: Partial<Scope> = {}): Scope => ({
  locale: "en",
  timeZone: "Asia/Shanghai",
  now: new Date("2026-11-22T17:30:00Z"),
  currency: "CNY",
  member: { name: "Lin" },
  coupons: [
    { code: "AB12-CD34", name: "20 off 100", link: "https://shop.example/c/x", expires_at: "2026-12-21T15:59:59.000Z" },
  ],
  workspace: { name: "Greenleaf" },
  links: { unsubscribe: "https://x.example/u" },
  ...over,
});
const sent = (blocks: EmailBlock[], over: Partial<Scope> = {}) =>
  render("email", { subject: "s", blocks }, scope(over), "marketing");
async function mail(blocks: EmailBlock[], over: Partial<Scope> = {}) {
  const done = await sent(blocks, over);
  if (!done.ok) throw new Error(`${done.cause}: ${done.detail}`);
  return done.value;
}
const HOSTILE = '"><script>alert(1)</script><a href="javascript:alert(1)';

describe("a ticket", () => {
  const coupons = ["AA11", "BB22", "CC33"].map((code, i) => ({
    code,
    name: `Gift ${i}`,
    link: "https://shop.example/c/x",
    expires_at: null,
  }));
  it("is the last coupon of the run, or the one that is chosen; each of several shows its own", async () => {
    const { html, text } = await mail([{ kind: "coupon", at: 0 }, { kind: "coupon" }], { coupons });
    expect(html).toMatch(/Gift 0[\s\S]*AA11[\s\S]*Gift 2[\s\S]*CC33/);
    expect(html).not.toContain("BB22");
    expect(text).toContain("Gift 0\nAA11\n\nGift 2\nCC33");
  });
  it("is missing where the run holds no such coupon, and the mail does not leave", async () => {
    expect(await sent([{ kind: "coupon", at: 3 }], { coupons })).toMatchObject({
      ok: false,
      cause: "coupon_missing",
      path: ["blocks", 0],
    });
  });
});

describe("an image", () => {
  const image: EmailBlock = {
    kind: "image",
    url: "https://cdn.example/{{ member.name | downcase }}.jpg?w=1&h=2",
    alt: "Tea for {{ member.name }}",
    link: "https://shop.example/tea",
    width: 240,
  };
  it("stands with its words and its link in both parts", async () => {
    const { html, text } = await mail([image]);
    expect(html).toContain('src="https://cdn.example/lin.jpg?w=1&amp;h=2"');
    expect(html).toContain('alt="Tea for Lin"');
    expect(html).toContain('href="https://shop.example/tea"');
    expect(html).toContain('width="240"');
    expect(text).toContain("Tea for Lin: https://shop.example/tea");
  });
  it("is of its shape: one without a link has none", async () => {
    const { html, text } = await mail([{ kind: "image", url: "https://cdn.example/a.png", alt: "A" }]);
    expect(html).not.toContain('<a href="zq');
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(text).toMatch(/^A\n/);
  });
  it.each(["http://cdn.example/a.png", "javascript:alert(1)", "data:image/png;base64,AA", "//cdn.example/a.png", ""])(
    "is not shown from %j",
    async (url) => {
      expect(await sent([{ kind: "image", url, alt: "" }])).toMatchObject({
        ok: false,
        cause: "bad_link",
        path: ["blocks", 0, "url"],
      });
    },
  );
  it("leads nowhere unsafe", async () => {
    expect(await sent([{ ...image, link: "javascript:alert(1)" }])).toMatchObject({
      ok: false,
      cause: "bad_link",
      path: ["blocks", 0, "link"],
    });
  });
  it("escapes what stands in its words and its address", async () => {
    const { html } = await mail(
      [{ kind: "image", url: "https://cdn.example/{{ member.name }}", alt: "{{ member.name }}" }],
      {
        member: { name: HOSTILE },
      },
    );
    expect(html).not.toContain("<script>");
    expect(html).not.toContain('href="javascript:');
    expect(html.match(/alt="&quot;&gt;&lt;script&gt;/g)).toHaveLength(1);
  });
});

describe("marks in a text", () => {
  const words = (text: string): EmailBlock[] => [{ kind: "text", text }];
  it("are bold, italic and links in the page, and words with their address in the text part", async () => {
    const { html, text } = await mail(
      words("**Hi {{ member.name }}**\n*today* at [our shop](https://shop.example/?a=1&b=2)!"),
    );
    expect(html).toContain("<strong>Hi Lin</strong><br /><em>today</em> at ");
    expect(html).toContain('<a href="https://shop.example/?a=1&amp;b=2">our shop</a>!');
    expect(text).toMatch(/^Hi Lin\ntoday at our shop \(https:\/\/shop\.example\/\?a=1&b=2\)!\n/);
  });
  it("are the marketer's alone: a member's name marks nothing and links nowhere", async () => {
    const name = "**x** [win](https://evil.example) <b>";
    const { html, text } = await mail(words("*Dear* {{ member.name }}"), { member: { name } });
    expect(html).toContain("<em>Dear</em> **x** [win](https://evil.example) &lt;b&gt;");
    expect(html).not.toContain('href="https://evil.example"');
    expect(text).toContain(name);
  });
  it.each(["javascript:alert(1)", "{{ member.name }}", "{{ member.nothing }}", "data:text/html,x"])(
    "do not link to %s",
    async (url) => {
      expect(await sent(words(`[x](${url})`), { member: { name: " javascript:alert(1)//https://" } })).toMatchObject({
        ok: false,
        cause: "bad_link",
        path: ["blocks", 0, "text"],
      });
    },
  );
  it("may be within a condition, and leave nothing open", async () => {
    const { html } = await mail(words("{% if coupon %}**{% endif %}A{% unless coupon %}**{% endunless %} b"));
    expect(html).toContain("<strong>A b</strong>");
  });
  it("lead through our links, so that a click is known", async () => {
    const content = await mail(words("[shop](https://shop.example/a)"));
    const place = {
      workspace: "0190a000-0000-7000-8000-000000000001",
      message: "0190a000-0000-7000-8000-000000000002",
    };
    const tracked = track(place as never, "email", content, { tracksLinks: true, tracksOpens: false });
    expect("html" in tracked.content && tracked.content.html).toMatch(
      /href="http[^"]+\/l\/[^"]+\?u=https%3A%2F%2Fshop\.example%2Fa"/,
    );
  });
});

describe("columns, a divider and a footer", () => {
  const blocks: EmailBlock[] = [
    { kind: "heading", text: "Two teas" },
    {
      kind: "columns",
      columns: [
        [
          { kind: "image", url: "https://cdn.example/oolong.jpg", alt: "Oolong" },
          { kind: "text", text: "**Oolong** for {{ member.name }}" },
        ],
        [
          { kind: "heading", text: "Pu'er" },
          { kind: "button", label: "See", url: "https://shop.example/puer" },
        ],
      ],
    },
    { kind: "divider" },
    { kind: "coupon" },
    { kind: "footer", text: "Greenleaf Ltd, [terms](https://shop.example/terms)" },
  ];
  it("carry every word in both parts, in their order, the footer last", async () => {
    const { html, text } = await mail(blocks);
    for (const part of [html, text]) {
      const places = ["Two teas", "Oolong", "See", "AB12-CD34", "Greenleaf Ltd", "Unsubscribe"].map((word) =>
        part.lastIndexOf(word),
      );
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places[0]).toBeGreaterThan(0 - 1);
    }
    expect(html).toContain("<strong>Oolong</strong> for Lin");
    expect(html).toContain("Pu&#39;er");
    expect(html).toContain('href="https://shop.example/terms"');
    expect(text).toContain("terms (https://shop.example/terms)");
    expect(html).not.toMatch(/zqSLOT|\{\{/);
  });
  it("stand side by side, each as wide as the other, and below each other on a phone", async () => {
    const { html } = await mail(blocks);
    expect(html.match(/mj-column-per-50/g)?.length).toBeGreaterThanOrEqual(2);
    const three = await mail([{ kind: "columns", columns: [[{ kind: "divider" }], [], []] }]);
    expect(three.html).toContain("mj-column-per-33");
  });
  it("say where a mistake in them stands", async () => {
    const wrong: EmailBlock[] = [
      { kind: "columns", columns: [[], [{ kind: "divider" }, { kind: "button", label: "x", url: "ftp://x" }]] },
    ];
    expect(await sent(wrong)).toMatchObject({ cause: "bad_link", path: ["blocks", 0, "columns", 1, 1, "url"] });
  });
  it("follow a dark screen where the mail program does", async () => {
    const { html } = await mail(blocks);
    expect(html).toContain("prefers-color-scheme:dark");
    // MJML paints the page twice: its body, and a box within it.
    expect(html).toContain("body,.page,.page>div{background");
    expect(html).toContain('<meta name="color-scheme" content="light dark"');
  });
});
