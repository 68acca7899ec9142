import { expect, it } from "vitest";
import { mjmlOf } from "./mjml-of";

it("begins the source with what the blocks say, Liquid untouched and text escaped", () => {
  const source = mjmlOf(
    [
      { kind: "heading", text: "Tea & cake, {{ member.name }}" },
      { kind: "text", text: "{% if member.points > 100 %}Rich\nand < kind{% endif %}" },
      { kind: "button", label: "Go", url: "https://example.com/?a=1&b={{ coupon.code }}" },
    ],
    "en",
    "marketing",
  );
  expect(source).toContain("links.unsubscribe");
  expect(source).toContain("Tea &amp; cake, {{ member.name }}");
  expect(source).toContain("{% if member.points > 100 %}Rich<br />and &lt; kind{% endif %}");
  expect(source).toContain('href="https://example.com/?a=1&amp;b={{ coupon.code }}"');
});
