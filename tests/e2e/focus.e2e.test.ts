import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { call } from "@/services/access/use-case";
import { createSegment } from "@/services/segments/segments";
import { browser } from "../harness/browser";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "../harness/journey";
import { value } from "../harness/lifecycle";
import { line, tagged } from "../harness/line";
import { until } from "../harness/until";
import { desk } from "./desk";
import { takesKeys } from "./visitor";

const chrome = await browser();

describe.skipIf(!chrome)("the keyboard", async () => {
  if (!chrome) return;
  const { tea, page } = await desk(chrome);
  const { keyboard } = page;
  const dialog = page.getByRole("dialog");

  const has = (what: Locator, name: string) =>
    until(() => what.evaluate((element) => element === document.activeElement), { what: `the keyboard on ${name}` });
  const shows = async (path: string, what: Locator) => {
    await page.goto(path);
    await what.waitFor();
    await takesKeys(what);
  };
  /** Opened by Enter on a button, it is closed by Esc, then by its own button; both times the keyboard is back. */
  const opensAndCloses = async (button: Locator, name: string, opened = dialog) => {
    for (const how of ["Escape", "Close"]) {
      await button.focus();
      await keyboard.press("Enter");
      await opened.waitFor();
      await until(() => opened.evaluate((element) => element.contains(document.activeElement)), {
        what: `the keyboard in ${name}`,
      });
      if (how === "Escape") await keyboard.press(how);
      else {
        const close = opened.getByRole("button", { name: how, exact: true }).first();
        await close.focus();
        await keyboard.press("Enter");
      }
      await opened.waitFor({ state: "detached" });
      await has(button, `${name}'s button after ${how}`);
    }
  };

  it("is back where it was when a dialog over a list closes", async () => {
    for (const [path, name] of [
      ["/offers", "New offer"],
      ["/segments", "New segment"],
      ["/stores", "Add a merchant"],
    ] as const) {
      const button = page.getByRole("button", { name }).first();
      await shows(path, button);
      await opensAndCloses(button, name);
    }
  });

  it("is back on a row's menu when what was chosen in it closes", async () => {
    value(await call(createSegment, tea.actor(), { name: "Everybody", rule: { all: [] } }));
    const menu = page.getByRole("button", { name: "Everybody" }).last();
    await shows("/segments", menu);
    await menu.focus();
    await keyboard.press("Enter");
    await page.getByRole("menuitem").first().waitFor();
    await page.getByRole("menuitem").first().focus();
    await keyboard.press("Enter");
    await page.getByTestId("overlap").waitFor();
    await keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await has(menu, "the row's menu");
  });

  it("is kept by the designer: what opens takes it, what closes gives it back", async () => {
    const journey = await liveJourney(tea, line([tagged("a", "one")]));
    const canvas = page.locator('[data-testid="canvas"][data-shown]');
    const card = page.locator('.react-flow__node[data-id="a"]');
    await shows(`/journeys/${journey.id}`, canvas);

    // The first time what opens has yet to be fetched.
    await card.focus();
    await keyboard.press("Enter");
    const inspector = page.getByTestId("inspector");
    await inspector.waitFor();
    await has(inspector.locator("input, textarea:not([data-skip]), select").first(), "the step's first field");
    await keyboard.press("Escape");
    await has(card, "the step");

    await keyboard.press("Shift+F10");
    await page.getByTestId("context-menu").waitFor();
    await until(() => page.getByTestId("context-menu").evaluate((menu) => menu.contains(document.activeElement)), {
      what: "the keyboard in the menu",
    });
    await keyboard.press("Escape");
    await page.getByTestId("context-menu").waitFor({ state: "detached" });
    await has(card, "the step after its menu");

    await keyboard.press("Control+f");
    await has(page.getByRole("textbox", { name: "Find" }), "the search");
    await keyboard.press("Escape");
    await has(card, "the step after the search");

    for (const [id, name, panel] of [
      [page.getByTestId("problem-count"), "problems", page.getByTestId("problems")],
      [page.getByRole("button", { name: "Journey settings" }), "settings", page.getByTestId("settings")],
    ] as const)
      await opensAndCloses(id, name, panel);
    for (const id of ["publish", "stop"]) await opensAndCloses(page.getByTestId(id), id);

    await page.getByTestId("pause").focus();
    await keyboard.press("Enter");
    await page.getByTestId("resume").waitFor();
    await has(page.getByTestId("resume"), "Resume");
    await keyboard.press("Enter");
    await page.getByTestId("pause").waitFor();
    await has(page.getByTestId("pause"), "Pause");
    expect(await dialog.count()).toBe(0);
  });

  it("is back where it was before ⌘K when the panel that was opened by it closes", async () => {
    const journey = await liveJourney(tea, line([tagged("a", "one")]));
    const card = page.locator('.react-flow__node[data-id="a"]');
    await shows(`/journeys/${journey.id}`, page.locator('[data-testid="canvas"][data-shown]'));
    await card.focus();
    await keyboard.press("Control+k");
    await page.locator("input.mantine-Spotlight-search").fill("Journey settings");
    await page.locator("[data-selected]").filter({ hasText: "Journey settings" }).waitFor();
    await keyboard.press("Enter");
    const settings = page.getByTestId("settings");
    await settings.waitFor();
    await until(
      () => settings.evaluate((panel) => panel !== document.activeElement && panel.contains(document.activeElement)),
      {
        what: "the keyboard on the settings' first control",
      },
    );
    await keyboard.press("Escape");
    await settings.waitFor({ state: "detached" });
    await has(card, "the step that had it before the search");
  });

  it("opens a step in Live by Space as by Enter, and follows a number by Enter", async () => {
    const journey = await liveJourney(tea, line([tagged("a", "one")]));
    const [member] = await members(tea, 1);
    if (!member) throw new Error("no member");
    await accept(tea, [{ member, event: event("order_paid", { amount: 100 }) }]);
    await dispatchAll();
    await conductAll(journey.shard);
    const card = page.locator('.react-flow__node[data-id="a"]');
    await shows(`/journeys/${journey.id}?mode=live`, page.locator('[data-testid="canvas"][data-shown]'));
    const panel = page.getByTestId("step-panel");
    for (const key of ["Enter", "Space"]) {
      await card.focus();
      await keyboard.press(key);
      await panel.waitFor();
      await until(() => panel.evaluate((element) => element.contains(document.activeElement)), {
        what: `the keyboard in the step's panel after ${key}`,
      });
      await keyboard.press("Escape");
      await has(card, `the step after ${key}`);
      await keyboard.press("Escape");
      await panel.waitFor({ state: "detached" });
      await has(card, `the step after its panel, opened by ${key}`);
    }
    await page.getByTestId("count-a-entered").focus();
    await keyboard.press("Enter");
    await page.waitForURL((at) => at.pathname === "/runs" && at.searchParams.get("reached") === "a");
  });

  it("does nothing by a letter alone for whoever turned that off, in the designer or in the settings", async () => {
    const journey = await liveJourney(tea, line([tagged("a", "one")]));
    const canvas = page.locator('[data-testid="canvas"][data-shown]');
    const card = page.locator('.react-flow__node[data-id="a"]');
    const cards = page.locator(".react-flow__node-card");
    const notes = page.locator(".react-flow__node-note");
    await shows(`/journeys/${journey.id}`, canvas);
    const drawn = await cards.count();
    expect(await page.getByRole("main").count()).toBe(1);
    await card.focus();
    await keyboard.press("?");
    const keys = page.getByTestId("keys");
    await keys.getByText("Tidy up").waitFor();
    await keys.getByRole("switch").focus();
    await keyboard.press("Space");
    await keys.getByText("Tidy up").waitFor({ state: "detached" });
    await keyboard.press("Escape");
    await keys.waitFor({ state: "detached" });

    await card.focus();
    await keyboard.press("?");
    await keyboard.press("m");
    // Keys with ⌘ stay: what comes of this one comes after what would have come of those.
    await keyboard.press("Control+d");
    await until(async () => (await cards.count()) === drawn + 1, { what: "a duplicate" });
    expect([await keys.count(), await notes.count()]).toEqual([0, 0]);
    await keyboard.press("Control+z");

    // It stays so on other pages, until it is turned on again.
    const choice = page.getByRole("switch", { name: "Single keys" });
    await shows("/settings/you", choice);
    expect(await choice.isChecked()).toBe(false);
    await choice.focus();
    await keyboard.press("Space");
    await shows(`/journeys/${journey.id}`, canvas);
    await card.focus();
    await keyboard.press("?");
    await keys.waitFor();
  });

  it("stays on a button whose work was refused", async () => {
    await shows("/settings/you", page.getByLabel("Current password"));
    await page.getByLabel("Current password").fill("not the one it is");
    await page.getByLabel("New password").fill("long enough to be one");
    const change = page.getByRole("button", { name: "Change password" });
    await change.focus();
    await keyboard.press("Enter");
    await page.getByText("The current password is not right.").waitFor();
    await has(change, "the button of what was refused");
  });
});
