import { describe, expect, it } from "vitest";
import { email } from "@/core/message/channels/email";
import type { EmailBlock } from "@/core/message/channels/email-blocks";
import type { Scope } from "@/core/message/scope";
import { render } from "@/services/messages/content/render";
import { mjmlOf } from "./mjml-of";

const blocks: EmailBlock[] = [
  { kind: "heading", text: "Tea & cake, {{ member.name }}" },
  {
    kind: "text",
    text: "{% if member.points > 100 %}**Rich**\nand < kind{% endif %}, [see](https://example.com/?a=1&b=2)",
  },
  {
    kind: "image",
    url: "https://cdn.example/{{ member.name }}.png",
    alt: 'A "cup"',
    link: "https://example.com/cup",
    width: 200,
  },
  {
    kind: "columns",
    columns: [
      [{ kind: "text", text: "left *side*" }, { kind: "divider" }],
      [{ kind: "button", label: "Go", url: "https://example.com/?a=1&b={{ coupon.code }}" }],
    ],
  },
  { kind: "coupon" },
  { kind: "coupon", at: 0 },
  { kind: "footer", text: "Greenleaf Ltd" },
];
const scope: Scope = {
  locale: "en",
  timeZone: "Asia/Shanghai",
  now: new Date("2026-11-22T17:30:00Z"),
  currency: "CNY",
  member: { name: "Lin", points: 1200 },
  coupons: [{ code: "AB12", name: "20 off", link: "https://shop.example/c/x", expires_at: null }],
  workspace: { name: "Greenleaf" },
  links: { unsubscribe: "https://x.example/u" },
};

describe("the source of a mail of blocks", () => {
  it("begins with what the blocks say, Liquid untouched and text escaped", () => {
    const source = mjmlOf(blocks, "en", "marketing");
    for (const part of [
      "links.unsubscribe",
      "Tea &amp; cake, {{ member.name }}",
      "{% if member.points > 100 %}<strong>Rich</strong><br />and &lt; kind{% endif %}",
      '<a href="https://example.com/?a=1&amp;b=2">see</a>',
      'href="https://example.com/?a=1&amp;b={{ coupon.code }}"',
      'alt="A &quot;cup&quot;" width="200px" href="https://example.com/cup"',
    ])
      expect(source).toContain(part);
    expect(email.problems({ subject: "s", blocks, mjml: source }, "marketing", "en")).toEqual([]);
  });

  it("makes a mail of the same words, images and links", async () => {
    const sent = async (content: { mjml?: string }) => {
      const done = await render("email", { subject: "s", blocks, ...content }, scope, "marketing");
      if (!done.ok) throw new Error(`${done.cause}: ${done.detail}`);
      return done.value.html;
    };
    const [own, source] = [await sent({}), await sent({ mjml: mjmlOf(blocks, "en", "marketing") })];
    const found = (html: string, what: RegExp) => [...html.matchAll(what)].map(([, one]) => one).sort();
    for (const what of [/href="([^"]*)"/g, /<img[^>]*src="([^"]*)"/g, /alt="([^"]+)"/g, /<(strong|em)>/g])
      expect(found(source, what)).toEqual(found(own, what));
    for (const word of [
      "Tea &amp; cake, Lin",
      "and &lt; kind",
      "left",
      "Go",
      "AB12",
      "20 off",
      "Greenleaf Ltd",
      "Unsubscribe",
    ])
      expect([word, own.includes(word), source.includes(word)]).toEqual([word, true, true]);
  });
});
