import { describe, expect, it } from "vitest";
import { processorMs } from "@/tests/harness/processor";
import { balanced, isRich, linksIn, richHtml } from "./rich-text";

describe("a mail's text", () => {
  it.each([
    ["**bold** and *italic*", "<strong>bold</strong> and <em>italic</em>"],
    ["全场**五折**，*仅限今天*。", "全场<strong>五折</strong>，<em>仅限今天</em>。"],
    ["**a *b* c**", "<strong>a <em>b</em> c</strong>"],
    ["***both***", "<em><strong>both</strong></em>"],
    ["[Our shop](https://x.example/?a=1&b=2)", '<a href="https://x.example/?a=1&amp;b=2">Our shop</a>'],
    ["**[Go]({{ links.survey }})**", '<strong><a href="{{ links.survey }}">Go</a></strong>'],
    [
      '[a](https://x.example/{{ member.id | append: "*)" }})',
      '<a href="https://x.example/{{ member.id | append: "*)" }}">a</a>',
    ],
    ["[Tea](https://x.example/Tea_(drink))", '<a href="https://x.example/Tea_(drink)">Tea</a>'],
    ["{% if a > b %}**x** & y{% endif %}", "{% if a > b %}<strong>x</strong> &amp; y{% endif %}"],
    ["{{ member.name | append: '**' }}**", "{{ member.name | append: '**' }}**"],
  ])("%s is %s", (text, html) => expect(richHtml(text)).toBe(html));

  it.each([
    "2*3*4 = 24",
    "a * b * c",
    "** not bold **",
    "5 ** 2",
    "*\n*",
    "[no] (https://x.example)",
    "[a]()",
    "f(x)[1]",
  ])("%s stays as it is written", (text) => expect(richHtml(text)).toBe(text));

  it("says a sign that would mark something, with a backslash before it", () => {
    expect(richHtml("\\*no\\* \\[no](https://x.example) \\\\")).toBe("*no* [no](https://x.example) \\");
  });

  it.each([
    ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ["**<img src=x onerror=alert(1)>**", "<strong>&lt;img src=x onerror=alert(1)&gt;</strong>"],
    ['[x](https://x.example/"onclick="alert\u00A01)', "[x](https://x.example/&quot;onclick=&quot;alert\u00A01)"],
    ['[x](https://x.example/"onclick="a)', '<a href="https://x.example/&quot;onclick=&quot;a">x</a>'],
    ["\uE0000\uE001**a**\uE0001\uE001", "0<strong>a</strong>1"],
  ])("%s makes no markup but its own", (text, html) => expect(richHtml(text)).toBe(html));

  it("names the addresses it links to, Liquid and all", () => {
    expect(linksIn("[a](https://x.example/{{ coupon.code }}) and [b](javascript:alert) [c]")).toEqual([
      "https://x.example/{{ coupon.code }}",
      "javascript:alert",
    ]);
  });

  it("is looked at for marks only where it may have some", () => {
    expect(["a [b] (c)", "plain, {{ member.name }}", "5 > 3"].map(isRich)).toEqual([false, false, false]);
    expect(["*a*", "[a](b)", "\\["].map(isRich)).toEqual([true, true, true]);
  });

  it("is balanced, whichever half of its marks was taken", () => {
    expect(balanced("<strong>a")).toBe("<strong>a</strong>");
    expect(balanced("a</strong> b</em>")).toBe("a b");
    expect(balanced('<strong>a <a href="x">b</strong> c</a>')).toBe('<strong>a <a href="x">b</a></strong> c');
  });

  it("made to stall is read in time", () => {
    for (const bad of ["**a ", "*", "**", "[", "[a](", "[a](b", "[a](b(", "[a]((", "\\", "*a", "{{", "a**"]) {
      const before = process.cpuUsage();
      const text = bad.repeat(Math.floor(10_000 / bad.length));
      balanced(richHtml(text));
      linksIn(text);
      expect([bad, processorMs(before) < 500]).toEqual([bad, true]);
    }
  });
});
