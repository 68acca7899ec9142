import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { call } from "@/services/access/use-case";
import { createJourney } from "@/services/journeys/drafting/create";
import { createSegment } from "@/services/segments/segments";
import { browser } from "../harness/browser";
import { database } from "../harness/database";
import { value } from "../harness/lifecycle";
import { product } from "../harness/product";
import { shop } from "../harness/shop";
import { inColours, unfit } from "./fit";
import { owner } from "./visitor";

const chrome = await browser();
const SEND = {
  id: "say",
  kind: "send",
  config: {
    channel: "sms",
    purpose: "marketing",
    content: { sms: { en: { text: "Thank you" } } },
    expiresAfter: "P1D",
  },
};
const DRAFT = {
  name: "Thanks",
  entry: "start",
  nodes: [{ id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } }, SEND],
  edges: [{ from: "start", port: "next", to: "say" }],
};

describe.skipIf(!chrome)("what opens at a click, a right click or ⌘K", async () => {
  if (!chrome) return;
  const { url } = await database();
  const { urls } = await product(url, ["api", "console"]);

  it("is fit for everyone, with the keyboard in it", { timeout: 240_000 }, async () => {
    const tea = await shop();
    const { page, complaints } = await owner(chrome, urls.console, tea);
    const found: string[] = [];
    const look = async (where: string) => {
      await page.locator("[role=menu] :focus, [role=dialog] :focus").waitFor({ state: "attached" });
      found.push(...(await unfit(page, where, { settled: inColours })));
      await page.keyboard.press("Escape");
      await page.locator("[role=menu], [role=dialog]").first().waitFor({ state: "detached" });
    };
    const menu = page.locator("[role=menu]");

    value(await call(createSegment, tea.actor(), { name: "Everybody", rule: { all: [] } }));
    await page.goto("/segments");
    await page.getByRole("button", { name: "Everybody" }).last().waitFor();
    for (const button of await page.locator("button[aria-haspopup=menu]").all()) {
      const name = (await button.getAttribute("aria-label")) ?? (await button.textContent());
      await button.click();
      await menu.waitFor();
      await look(`segments: ${name}`);
    }
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("dialog", { name: "Search everything" }).waitFor();
    await look("⌘K of the console");

    const draft = value(await call(createJourney, tea.actor(), { document: DRAFT }));
    await page.goto("/journeys?view=all");
    await page
      .getByTestId("new-journey")
      .or(page.getByRole("button", { name: "New journey" }))
      .first()
      .click();
    await menu.waitFor();
    await look("new journey");

    await page.goto(`/journeys/${draft.id}`);
    await page.locator('[data-testid="canvas"][data-shown]').waitFor();
    await page.getByTestId("node-say").click({ button: "right" });
    await page.getByTestId("context-menu").waitFor();
    await look("a step's menu");
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("dialog", { name: "Search everything" }).waitFor();
    await look("⌘K of the designer");
    await openSay(page);
    await page.getByTestId("inspector-more").click();
    await menu.waitFor();
    await look("the inspector's menu");
    await openSay(page);
    await page
      .getByTestId("inspector")
      .getByRole("button", { name: /^Insert a value/ })
      .first()
      .click();
    await page.getByRole("combobox", { name: "Search values" }).waitFor();
    await look("the values a text may name");

    expect(found).toEqual([]);
    expect(complaints()).toEqual([]);
    await page.context().close();
  });
});

async function openSay(page: Page): Promise<void> {
  await page.locator('.react-flow__node[data-id="say"]').focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("inspector").locator("code", { hasText: "say" }).waitFor();
}
