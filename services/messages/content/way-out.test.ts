import { describe, expect, it } from "vitest";
import { sampleScope } from "@/core/message/sample/sample";
import { render, templateProblems } from "./render";
import { hasLinkTo } from "./way-out";

const scope = () =>
  sampleScope({
    workspace: { name: "Tea", timeZone: "Asia/Shanghai", currency: "CNY" },
    purpose: "marketing",
    locale: "en",
    now: new Date("2026-03-01T00:00:00Z"),
    event: "order_paid",
    offers: undefined,
    links: "https://tea.example",
  });
const own = (inside: string) =>
  `<mjml><mj-body><mj-section><mj-column>${inside}</mj-column></mj-section></mj-body></mjml>`;

describe("a mail of the marketer's own MJML", () => {
  it.each([
    ["a link", '<mj-text><a class="x" href="{{ links.unsubscribe }}">Out</a></mj-text>', true],
    ["a button", '<mj-button href="{{ links.unsubscribe }}">Out</mj-button>', true],
    ["a comment", '<!-- <a href="{{ links.unsubscribe }}">Out</a> --><mj-text>Buy</mj-text>', false],
    ["mere words", "<mj-text>{{ links.unsubscribe }}</mj-text>", false],
    [
      "a branch nobody gets",
      '<mj-text>{% if false %}<a href="{{ links.unsubscribe }}">Out</a>{% endif %}</mj-text>',
      false,
    ],
    ["another address that begins like it", '<mj-button href="{{ links.unsubscribe }}x">Out</mj-button>', false],
  ])("that promotes something lets its reader out by %s: %s is %s", async (_what, inside, isOut) => {
    const content = { subject: "s", blocks: [], mjml: own(inside) };
    expect(await templateProblems("email", content, "service")).toEqual([]);
    const found = await templateProblems("email", content, "marketing");
    const sent = await render("email", content, scope(), "marketing");
    if (isOut) return expect([found, sent.ok]).toEqual([[], true]);
    expect(found).toMatchObject([
      { severity: "error", path: ["mjml"], says: { en: expect.stringContaining("links.unsubscribe") } },
    ]);
    expect(sent).toMatchObject({ ok: false, cause: "no_unsubscribe", path: ["mjml"] });
  });
  it("is told that nothing is included", async () => {
    const mjml = own('<mj-include path="./header.mjml" /><mj-text>x</mj-text>');
    expect(await templateProblems("email", { subject: "s", blocks: [], mjml })).toMatchObject([
      { path: ["mjml"], says: { en: expect.stringContaining("mj-include") } },
    ]);
    const remark = own('<!-- <mj-include path="./header.mjml" /> --><mj-text>x</mj-text>');
    expect(await templateProblems("email", { subject: "s", blocks: [], mjml: remark })).toEqual([]);
  });
});

it("a link is found however it is written, and in time whatever stands around it", () => {
  const to = "https://x.example/u?a=1&b=2";
  for (const html of [`<a href="${to}">`, `<A class="c"\n HREF = '${to.replace("&", "&amp;")}'>`, `<a href=${to}>`])
    expect(hasLinkTo(html, to)).toBe(true);
  for (const html of [`<img href="${to}">`, `<a data-href="${to}">`, `<a title="href=" rel="${to}">`, to])
    expect(hasLinkTo(html, to)).toBe(false);
  for (const part of ["<a ", "<!--", `<a title="${to}" `, "-->"])
    expect(hasLinkTo(part.repeat(30_000), to)).toBe(false);
});
