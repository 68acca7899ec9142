import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { WAIT_PARTS, waitParts } from "@/core/journey/parts/waits/registry";
import { NODE_KINDS, nodeKinds } from "@/core/journey/registry";
import { browser } from "../harness/browser";
import { database } from "../harness/database";
import { product } from "../harness/product";
import { shop } from "../harness/shop";
import { until } from "../harness/until";
import { COLOURS, IN_LIGHT, inColours, unfit } from "./fit";
import { Program } from "./program";
import { owner } from "./visitor";

const chrome = await browser();
const LOOKS = [
  ["en-US", COLOURS],
  ["zh-CN", IN_LIGHT],
] as const;

const CONTENT = {
  sms: { en: { text: "Hi {{ member.name }}, “{{ coupon.name }}”" }, "zh-CN": { text: "{{ member.name }}，您好" } },
  push: {
    en: { title: "Hi {{ member.name }}", body: "{{ coupon.code }}" },
    "zh-CN": { title: "{{ member.name }}，您好", body: "" },
  },
  email: {
    en: { subject: "Hi {{ member.name }}", blocks: [{ kind: "heading", text: "Hello" }, { kind: "coupon" }] },
    "zh-CN": {
      subject: "您好",
      blocks: [
        { kind: "text", text: "**您好**" },
        { kind: "button", label: "看看", url: "x" },
      ],
    },
  },
};
const written = (["sms", "email", "push"] as const).map((channel) => ({
  id: `written-${channel}`,
  kind: "send",
  config: { ...nodeKinds.send.initial, channel, content: { [channel]: CONTENT[channel] } },
}));

/** The first of everything that can be waited for, without a limit. */
const several = {
  id: "several",
  kind: "wait-first",
  config: { events: WAIT_PARTS.map((is) => ({ id: is, is, ...waitParts[is].initial })) },
};

/** Every kind as it begins, not joined, a wait for everything at once, and a message on every channel. */
const ALL = {
  name: "Every kind",
  entry: "on-event",
  nodes: [...NODE_KINDS.map((kind) => ({ id: kind, kind, config: nodeKinds[kind].initial })), several, ...written],
  edges: [],
};

/** A tier for a time, through a day. */
const DATED = {
  name: "Through a day",
  entry: "start",
  nodes: [
    { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    {
      id: "tier",
      kind: "change-tier",
      config: { tier: "gold", reason: "campaign", end: { is: "on", day: "2026-12-31" } },
    },
  ],
  edges: [{ from: "start", port: "next", to: "tier" }],
};

describe.skipIf(!chrome)("every step's form", async () => {
  if (!chrome) return;
  const { url } = await database();
  const { urls } = await product(url, ["api", "console"]);

  it.each(LOOKS)("opens by the keyboard and reads for everybody (%s)", async (locale, colours) => {
    const tea = await shop();
    const made = await new Program(urls.api, tea).post("/api/v1/journeys", { document: ALL }, crypto.randomUUID());
    const { id: journey } = z.object({ id: z.string() }).parse(made.body);
    const { page, complaints } = await owner(chrome, urls.console, tea, { locale });
    await page.goto(`/journeys/${journey}`);
    await page.locator("[data-testid=canvas][data-ready]").waitFor();
    const found: string[] = [];
    for (const { id } of ALL.nodes) {
      await open(page, id);
      found.push(...(await unfit(page, id, { part: "[data-inspector]", settled: inColours, colours })));
    }
    expect(found).toEqual([]);
    // A half-written mail's preview is refused, as it should be.
    expect(complaints().filter((line) => !line.includes("/messages/preview"))).toEqual([]);
    await page.context().close();
  });

  it("has days in the reader's language: typed as it writes them or chosen from its calendar, which Esc closes first", async () => {
    const tea = await shop();
    const program = new Program(urls.api, tea);
    const made = await program.post("/api/v1/journeys", { document: DATED }, crypto.randomUUID());
    const { id: journey } = z.object({ id: z.string() }).parse(made.body);
    const { page } = await owner(chrome, urls.console, tea, { locale: "zh-CN" });
    await page.goto(`/journeys/${journey}`);
    await page.locator("[data-testid=canvas][data-ready]").waitFor();
    await open(page, "tier");
    const day = page.getByRole("textbox", { name: "最后一天" });
    await day.fill("2027年3月5日");
    await page.getByText("2027年3月", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("2027年3月", { exact: true }).waitFor({ state: "detached" });
    await page.keyboard.press("Tab");
    expect(await day.inputValue()).toBe("2027-03-05");
    await day.click();
    await page.getByRole("button", { name: "2027年3月8日星期一" }).click();
    await page.locator('[data-testid="sync"][data-state="saved"]').waitFor();
    await until(
      async () => JSON.stringify((await program.get(`/api/v1/journeys/${journey}`)).body).includes("2027-03-08"),
      { what: "the chosen day in the draft" },
    );
    await page.context().close();
  });
});

async function open(page: Page, id: string): Promise<void> {
  await page.locator(`.react-flow__node[data-id="${id}"]`).focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("inspector").locator("code", { hasText: id }).waitFor();
}
