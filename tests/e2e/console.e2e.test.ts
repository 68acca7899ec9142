import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { MemberId, MessageId } from "@/core/ids";
import { engine, json, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { burySends } from "@/services/events/bury";
import { browser } from "../harness/browser";
import { database } from "../harness/database";
import { members } from "../harness/journey";
import { product } from "../harness/product";
import { type Shop, shop } from "../harness/shop";
import { owner, takesKeys } from "./visitor";

const chrome = await browser();

/** The one that shows: what the server streamed may stand beside it for a moment, hidden. */
const shown = (page: Page, testId: string | RegExp) => page.getByTestId(testId).filter({ visible: true });

describe.skipIf(!chrome)("the console", async () => {
  if (!chrome) return;
  const { url } = await database();
  const { urls } = await product(url);
  const enter = async (place: Shop) => owner(chrome, urls.console, place);
  const names = (page: Page) => page.locator("tbody tr td:first-child").allInnerTexts();

  it("keeps a list's filters as a view, opens the list with it, and hands out what is shown", {
    timeout: 90_000,
  }, async () => {
    const place = await shop();
    await engine((tx) =>
      tx.run(sql`
        INSERT INTO member (workspace_id, id, name, tier) VALUES
          (${place.workspace}, ${newId()}, 'Ada', 'gold'), (${place.workspace}, ${newId()}, 'Bo', 'basic')`),
    );
    const { page, complaints } = await enter(place);
    await page.goto("/members?tier=gold");
    await expect.poll(() => names(page)).toEqual(["Ada"]);

    await shown(page, "views").click();
    await shown(page, "view-save").click();
    await page.getByRole("textbox", { name: "Name" }).fill("Gold ones");
    await page.getByLabel("Open this list with it").check();
    await page.getByRole("button", { name: "Save" }).click();
    await shown(page, "views").getByText("Gold ones").waitFor();

    await page.goto("/members");
    await page.waitForURL(/tier=gold/);
    await expect.poll(() => names(page)).toEqual(["Ada"]);
    await shown(page, "views").click();
    await shown(page, "view-all").click();
    await expect.poll(async () => (await names(page)).sort()).toEqual(["Ada", "Bo"]);

    await page.goto("/members");
    await page.waitForURL(/tier=gold/);
    await shown(page, "views").click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await shown(page, "views").getByText("Gold ones").waitFor();

    await page.goto("/members?tier=gold");
    const [file] = await Promise.all([page.waitForEvent("download"), shown(page, "export").click()]);
    expect(file.suggestedFilename()).toMatch(/^members-.*[.]csv$/);
    const lines = readFileSync(await file.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(lines.map((line) => line.split(",")[0])).toEqual(["\uFEFFName", "Ada"]);
    expect(complaints()).toEqual([]);
    await page.context().close();
  });

  it("adds and closes a store, undoes it, and the audit tells all three", { timeout: 90_000 }, async () => {
    const { page, complaints } = await enter(await shop());
    await page.goto("/stores");
    await page.getByRole("button", { name: "Add a store" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Harbour");
    await page.getByRole("textbox", { name: "Code" }).fill("HARBOUR");
    await page.getByRole("textbox", { name: "Address" }).fill("1 Quay");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("link", { name: "Harbour" }).click();
    await page.getByRole("heading", { name: "Harbour" }).waitFor();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("“Harbour” is open again").waitFor();

    await page.getByRole("link", { name: "Its audit" }).click();
    await page.getByRole("heading", { name: "Audit" }).waitFor();
    await expect
      .poll(() => page.locator("tbody tr td:nth-child(3)").allInnerTexts())
      .toEqual(["opened a store again", "closed a store", "added a store"]);
    expect(complaints()).toEqual([]);
    await page.context().close();
  });

  it("leads by the keyboard alone to a thing, to what was open last, to an action, and to why a member got nothing", {
    timeout: 90_000,
  }, async () => {
    const place = await shop();
    const ada = newId();
    await engine((tx) =>
      tx.run(sql`INSERT INTO member (workspace_id, id, name) VALUES (${place.workspace}, ${ada}, 'Ada')`),
    );
    const { page, complaints } = await enter(place);
    const type = async (text: string, expected: string) => {
      await takesKeys(page.getByRole("main"));
      await page.keyboard.press("ControlOrMeta+k");
      await page.getByRole("textbox", { name: /^Name, phone, order/ }).fill(text);
      if (!text) await page.keyboard.press("ArrowDown");
      await page.locator("[data-selected]").filter({ hasText: expected }).waitFor();
      await page.keyboard.press("Enter");
    };
    await type("s1", "Store 1");
    await page.waitForURL(/\/stores\//);
    await page.getByRole("heading", { name: "Store 1" }).waitFor();
    const there = new URL(page.url()).pathname;
    await page.goto("/");
    await type("", "Store 1");
    await page.waitForURL((address) => address.pathname === there);
    await type("from a recipe", "New journey from a recipe");
    await page.getByRole("dialog").getByRole("heading", { name: "Recipes" }).waitFor();
    await page.goto("/");
    await type("why did ada not get the coupon?", "Why did or didn’t Ada get it?");
    await page.waitForURL((at) => at.pathname === `/members/${ada}` && at.searchParams.get("show") === "why");
    await page.getByRole("tab", { name: "Why?", selected: true }).waitFor();
    expect(complaints()).toEqual([]);
    await page.context().close();
  });

  it("removes the demo by its typed name, asks for a password of one's own, and goes on with the empty workspace", {
    timeout: 90_000,
  }, async () => {
    const place = await shop();
    await engine((tx) =>
      tx.run(sql`UPDATE workspace SET is_demo = true, name = 'Tea & Co' WHERE id = ${place.workspace}`),
    );
    const { page, complaints, password } = await enter(place);
    await page.goto("/settings");
    await shown(page, "demo-remove").click();
    const now = shown(page, "demo-remove-now");
    const name = page.getByRole("dialog").getByRole("textbox");
    await name.fill("Tea");
    expect(await now.isDisabled()).toBe(true);
    await name.fill("Tea & Co");
    await now.click();
    await page.waitForURL(/first-password/);
    await page.getByLabel("Current password").fill(password);
    await page.getByLabel("New password").fill("a password of Lin's own");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.waitForURL((url) => url.pathname === "/");
    await page.goto("/offers");
    await page.getByText("No offer yet").filter({ visible: true }).waitFor();
    await page.goto("/settings");
    await page.getByText("Fixed: the ledgers are written in it.").filter({ visible: true }).waitFor();
    expect(await shown(page, "demo-remove").count()).toBe(0);
    expect(complaints()).toEqual([]);
    await page.context().close();
  });

  it("shows the webhook key when asked, and replaces it", { timeout: 60_000 }, async () => {
    const { page, complaints } = await enter(await shop());
    await page.goto("/integrations");
    await shown(page, "show-key").click();
    const key = page.getByText(/^whsec_/);
    const first = await key.textContent();
    await shown(page, "rotate-key").click();
    await shown(page, "rotate-now").click();
    await page.getByText("The key is replaced.").waitFor();
    await page.getByText(/The key before still signs too/).waitFor();
    await expect.poll(() => key.textContent()).not.toBe(first);
    expect(complaints()).toEqual([]);
    await page.context().close();
  });

  it("leads from home to a rejected event, shows what is wrong with it while it is corrected, and sends it once", {
    timeout: 90_000,
  }, async () => {
    const place = await shop();
    await fetch(`${urls.api}/v1/track`, {
      method: "POST",
      headers: { authorization: `Bearer ${place.apiKey}` },
      body: JSON.stringify({ userId: "u1", event: "order_paid", messageId: "m1", properties: { amount: "88 yuan" } }),
    });
    const { page } = await enter(place);
    await page.getByRole("link", { name: /1 event could not be used/ }).click();
    await page.getByRole("button", { name: /Order paid/ }).click();
    await page
      .getByTestId("letter")
      .getByText(/Amount \(amount\) should be a whole number/)
      .waitFor();
    await page.getByTestId("correct").click();
    const editor = page.getByRole("textbox", { name: "Event (JSON)" });
    await expect.poll(() => editor.inputValue()).toContain("88 yuan");
    await page
      .getByTestId("problems")
      .getByRole("button", { name: /Amount \(amount\) should be/ })
      .click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-field"))).toBe("amount");
    expect(await page.getByTestId("send-corrected").isDisabled()).toBe(true);
    await page.keyboard.type("77.50");
    await expect.poll(() => editor.inputValue()).toContain('"amount": 7750');
    await editor.fill("{ amount");
    await page.getByText(/not valid JSON/).waitFor();
    await editor.fill('{ "event": "order_paid", "userId": "u1", "properties": { "amount": 8800 } }');
    await page
      .getByTestId("correction-good")
      .getByText(/Order paid/)
      .waitFor();
    await page.getByTestId("send-corrected").click();
    await page.getByRole("link", { name: "Open the event" }).click();
    await page.getByTestId("came-of").waitFor();
    await page.getByText("¥88.00").filter({ visible: true }).first().waitFor();
    await page.getByRole("link", { name: "Corrected from a rejected event" }).waitFor();
    await page.goto("/events?show=rejected");
    await page.getByText("No rejected event").filter({ visible: true }).waitFor();
    await page.context().close();
  });

  it("sets a rejected event aside with a reason, and takes it back", { timeout: 90_000 }, async () => {
    const place = await shop();
    await fetch(`${urls.api}/v1/track`, {
      method: "POST",
      headers: { authorization: `Bearer ${place.apiKey}` },
      body: JSON.stringify({ userId: "u1", event: "order_paid", messageId: "m1", properties: {} }),
    });
    const { page } = await enter(place);
    await page.goto("/events?show=rejected");
    await page.getByTestId("set-aside").click();
    await page.getByText("1 event will be set aside.").waitFor();
    expect(await page.getByTestId("aside-now").isDisabled()).toBe(true);
    await page.getByRole("textbox", { name: "Why" }).fill("The till's test");
    await page.getByTestId("aside-now").click();
    await page.getByText("No rejected event").filter({ visible: true }).waitFor();
    await page.getByRole("combobox", { name: "State" }).click();
    await page.getByRole("option", { name: "Set aside" }).click();
    await page.getByText("The till's test").waitFor();
    await page.getByRole("checkbox", { name: /Order paid/ }).check();
    await page.getByTestId("take-back").click();
    await page.getByText("1 is open again").waitFor();
    await page.goto("/events?show=rejected");
    await page.getByRole("button", { name: /Order paid/ }).waitFor();
    await page.context().close();
  });

  it("leads from home to a message that a fault lost, and sends it again once", { timeout: 90_000 }, async () => {
    const place = await shop();
    const [member] = (await members(place, 1)) as [MemberId];
    const id = newId<MessageId>();
    const detail = "21408 no permission to send there";
    await engine(async (tx) => {
      await tx.run(sql`
        INSERT INTO message (workspace_id, id, member_id, channel, purpose, state, reason, content, queued_at, not_before, expires_at)
        VALUES (${place.workspace}, ${id}, ${member}, 'sms', 'service', 'failed', ${detail}, ${json({ en: { text: "Your table is ready" } })}, now(), now(), now() + interval '1 day')`);
      const of = { channel: "sms", journey: null, step: null } as const;
      burySends(tx, place.workspace, [{ ...of, id, member, cause: "send_refused", detail }]);
    });
    const { page } = await enter(place);
    await page.getByRole("link", { name: /1 message did not arrive/ }).click();
    await page.getByRole("button", { name: /Message not sent/ }).click();
    await page
      .getByTestId("letter")
      .getByText(/the provider refused it for good: 21408/)
      .waitFor();
    expect(await page.getByTestId("correct").count()).toBe(0);
    await page.getByTestId("judge-one").click();
    await page.getByText("1 message goes out again.").waitFor();
    await page.getByRole("link", { name: "Open the message" }).click();
    await page.getByText("Repeated as").filter({ visible: true }).waitFor();
    await page.goto("/events?show=rejected&kind=send&state=closed");
    await page.getByText("Sent again").filter({ visible: true }).first().waitFor();
    await page.context().close();
  });

  it("lets a colleague in, who chooses a password before anything else and may what the role allows", {
    timeout: 120_000,
  }, async () => {
    const place = await shop();
    const { page, complaints } = await enter(place);
    const email = `bo-${place.workspace}@example.com`;
    await page.goto("/settings/team");
    await page.getByRole("button", { name: "Let a colleague in" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Bo");
    await page.getByRole("textbox", { name: "Email" }).fill(email);
    await page.getByRole("radio", { name: "Approver" }).check();
    await page.getByRole("button", { name: "Let in" }).click();
    const password = ((await shown(page, "password-once").locator("dd").last().textContent()) ?? "").trim();

    const other = await (await chrome.newContext({ baseURL: urls.console, locale: "en-US" })).newPage();
    await other.goto("/sign-in");
    await other.locator("input[name=email]").fill(email);
    await other.locator("input[name=password]").fill(password);
    await other.locator("button[type=submit]").click();
    await other.getByRole("heading", { name: "Choose a password of your own" }).waitFor();
    await other.goto("/journeys");
    await other.waitForURL(/first-password/);
    await other.getByLabel("Current password").fill(password);
    await other.getByLabel("New password").fill("a password of Bo's own");
    await other.getByRole("button", { name: "Change password" }).click();
    await other.waitForURL((at) => at.pathname === "/");
    await other.goto("/settings/team");
    await other.getByRole("cell", { name: "Approver" }).waitFor();
    expect(await other.getByRole("button", { name: "Let a colleague in" }).count()).toBe(0);

    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "More about Bo" }).click();
    await page.getByRole("menuitem", { name: "Take access away" }).click();
    const sure = page.getByRole("dialog", { name: "Take Bo’s access away?" });
    await sure.getByRole("button", { name: "Cancel" }).click();
    await sure.waitFor({ state: "detached" });
    expect((await other.reload())?.url()).toContain("/settings/team");
    await page.getByRole("button", { name: "More about Bo" }).click();
    await page.getByRole("menuitem", { name: "Take access away" }).click();
    await sure.getByRole("button", { name: "Take access away" }).click();
    await page.getByText("Bo may not sign in any more.").waitFor();
    await other.goto("/journeys");
    await other.waitForURL(/sign-in/);
    expect(complaints()).toEqual([]);
    await other.context().close();
    await page.context().close();
  });

  it("leads whoever follows a link signed out through the sign-in to what it shows", { timeout: 90_000 }, async () => {
    const place = await shop();
    const { page, password } = await enter(place);
    const context = await chrome.newContext({ baseURL: urls.console, locale: "en-US" });
    const other = await context.newPage();
    await other.goto("/runs?state=failed&q=Lin");
    await other.waitForURL((at) => at.pathname === "/sign-in");
    await other.locator("input[name=email]").fill(`${place.workspace}@example.com`);
    await other.locator("input[name=password]").fill(password);
    await other.locator("button[type=submit]").click();
    await other.waitForURL((at) => at.pathname === "/runs" && at.search === "?state=failed&q=Lin");
    await context.close();
    await page.context().close();
  });

  it("says of a filter in an old link that there is none such, and shows the list without it", {
    timeout: 90_000,
  }, async () => {
    const { page } = await enter(await shop());
    await page.goto("/messages?state=bogus&channel=sms");
    await page.getByTestId("filter-unknown").getByText("state=bogus").waitFor();
    await page.getByRole("button", { name: "Show the list without it" }).click();
    await page.getByTestId("filter-unknown").waitFor({ state: "detached" });
    expect(new URL(page.url()).search).toBe("?channel=sms");
    await page.context().close();
  });

  it("tells what programs did over and over as one line of the audit, which opens", { timeout: 90_000 }, async () => {
    const place = await shop();
    await engine((tx) =>
      tx.run(sql`
        INSERT INTO audit (workspace_id, id, actor, action, subject)
        SELECT ${place.workspace}, uuidv7(), ${`key:${newId()}`}, 'coupon.redeemed', gen_random_uuid()::text FROM generate_series(1, 30)`),
    );
    const { page, complaints } = await enter(place);
    await page.goto("/audit");
    await shown(page, "folded").filter({ hasText: "30 times" }).click();
    await page.getByRole("link", { name: "Show all 30 in the list" }).click();
    await expect.poll(async () => (await names(page)).length).toBe(30);
    await page.goto("/audit");
    await shown(page, "fold").locator("..").click();
    await expect.poll(async () => (await names(page)).length).toBe(30);
    expect(complaints()).toEqual([]);
    await page.context().close();
  });

  it("finds a tag by typing that no list at hand has room for", { timeout: 90_000 }, async () => {
    const place = await shop();
    await engine((tx) =>
      tx.run(sql`
        INSERT INTO tag (workspace_id, name)
        SELECT ${place.workspace}, 'number ' || lpad(n::text, 4, '0') FROM generate_series(1, 1001) AS n`),
    );
    const { page } = await enter(place);
    await page.goto("/members");
    await page.getByRole("combobox", { name: "Tag" }).fill("1001");
    await page.getByRole("option", { name: "number 1001" }).click();
    await page.waitForURL((at) => at.searchParams.get("tag") === "number 1001");
    await page.context().close();
  });

  it("leads whoever only looks to nothing that they may not do", { timeout: 90_000 }, async () => {
    const place = await shop();
    const { page } = await enter(place);
    await engine(async (tx) => {
      await tx.run(sql`UPDATE workspace SET is_demo = true WHERE id = ${place.workspace}`);
      await tx.run(sql`UPDATE role_grant SET role = 'viewer' WHERE workspace_id = ${place.workspace}`);
    });
    await page.goto("/");
    const steps = page.getByRole("region", { name: "See it work in five minutes" });
    await steps.getByRole("link", { name: /^Follow a run/ }).waitFor();
    expect(await steps.getByRole("link").count()).toBe(3);
    expect(await steps.getByRole("link", { name: /Change a message|Send an order/ }).count()).toBe(0);
    await steps.getByRole("link", { name: /^Read what arrived/ }).click();
    await page.getByText("Nothing has arrived yet").waitFor();
    expect(await page.getByRole("link", { name: "Send a test event" }).count()).toBe(0);
    await page.context().close();
  });
});
