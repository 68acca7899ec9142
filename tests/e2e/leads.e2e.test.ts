import { expect, it } from "vitest";
import { call } from "@/services/access/use-case";
import { issueOffer } from "@/services/offers/issue-offer";
import { redeem } from "@/services/offers/redeeming/redeem";
import { browser } from "../harness/browser";
import { database } from "../harness/database";
import { members } from "../harness/journey";
import { value } from "../harness/lifecycle";
import { product } from "../harness/product";
import { shop } from "../harness/shop";
import { until } from "../harness/until";
import { shiftOf } from "./feel";
import { Program } from "./program";
import { owner } from "./visitor";

const chrome = await browser();

it.skipIf(!chrome)("figures of the week lead to what they count, and lists say why they are empty", async () => {
  if (!chrome) return;
  const { url } = await database();
  const { urls } = await product(url, ["api", "console"]);
  const tea = await shop();
  const all = await members(tea, 2);
  const [coupon] = await Promise.all(
    all.map(async (member) => value(await call(issueOffer, tea.actor(), { offer: tea.offer, member }))),
  );
  if (!coupon) throw new Error("no coupon");
  value(await call(redeem, tea.actor("cashier"), { code: coupon.code, amount: 10_000, orderRef: "A-1" }));
  const { page, complaints } = await owner(chrome, urls.console, tea);

  for (const [figure, rows] of [
    ["Coupons used", 1],
    ["Paid with coupons", 1],
    ["Coupons issued", 2],
  ] as const) {
    await page.goto("/");
    await page.getByRole("link", { name: figure }).first().click();
    await page.waitForURL((at) => at.pathname === "/offers" && at.searchParams.get("within") === "week");
    await page.getByRole("row", { name: coupon.code }).waitFor();
    expect(await page.locator("tbody tr").count(), figure).toBe(rows);
  }
  await page.goto("/offers?show=redemptions&q=A-1");
  await page.getByRole("row", { name: "A-1" }).waitFor();
  await page.goto("/offers?show=redemptions&q=zzzz");
  await page.getByText("Nothing matches").waitFor();
  await page.goto("/events?q=zzzz");
  await page.getByText("Nothing matches").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByText("No event yet").waitFor();
  // One that cannot be used: it has no amount.
  const program = new Program(urls.api, tea);
  await program.tell((analytics) =>
    analytics.track({ userId: "ada", event: "order_paid", properties: { order_id: "A-2" } }),
  );
  await until(async () => {
    await page.goto("/events?show=rejected");
    await page.locator("tbody tr, h3").first().waitFor();
    return page.getByRole("row", { name: "A-2" }).isVisible();
  });
  await page.getByTestId("letters-bulk").waitFor();
  expect(await shiftOf(page)).toBeLessThan(0.01);
  expect(complaints()).toEqual([]);
  await page.context().close();
});
