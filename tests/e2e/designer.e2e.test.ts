import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createOwner } from "@/services/access/create-owner";
import { call } from "@/services/access/use-case";
import { putJourney } from "@/services/journeys/drafting/put";
import { browser } from "../harness/browser";
import { until } from "../harness/until";
import { desk } from "./desk";
import { Drawing } from "./drawing";
import { visitor } from "./visitor";

const chrome = await browser();
const Made = z.object({ id: z.string() });
const Kept = z.object({
  revision: z.int(),
  document: z.looseObject({
    nodes: z.array(z.looseObject({ id: z.string(), kind: z.string(), title: z.string().optional() })),
    edges: z.array(z.object({ from: z.string(), port: z.string(), to: z.string() })),
  }),
});

/** start → fork; yes → a → b, no → c */
const draft = (name: string) => ({
  name,
  entry: "start",
  nodes: [
    { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "fork", kind: "if", config: { when: { field: "member.tier", is: "eq", value: "gold" } } },
    { id: "a", kind: "tag", config: { tag: "one", action: "add" } },
    { id: "b", kind: "tag", config: { tag: "two", action: "add" } },
    { id: "c", kind: "tag", config: { tag: "three", action: "add" } },
  ],
  edges: [
    { from: "start", port: "next", to: "fork" },
    { from: "fork", port: "yes", to: "a" },
    { from: "fork", port: "no", to: "c" },
    { from: "a", port: "next", to: "b" },
  ],
});

describe.skipIf(!chrome)("the designer", async () => {
  if (!chrome) return;
  const { tea, program, page, urls } = await desk(chrome);

  const make = async (name: string): Promise<string> => {
    const made = await program.post("/api/v1/journeys", { document: draft(name) }, crypto.randomUUID());
    return Made.parse(made.body).id;
  };
  const kept = async (journey: string) => Kept.parse((await program.get(`/api/v1/journeys/${journey}`)).body);
  const linesOf = async (journey: string) =>
    (await kept(journey)).document.edges.map(({ from, port, to }) => `${from}.${port}>${to}`).sort();
  const open = async (on: Page, journey: string): Promise<Drawing> => {
    await on.goto(`/journeys/${journey}`);
    await on.locator('[data-testid="canvas"][data-shown]').waitFor();
    return new Drawing(on);
  };
  /** Switches the language by the command palette: it is taken once the palette is gone, and read once the page says so. */
  const read = async (language: "简体中文" | "English") => {
    await page.keyboard.press("Control+k");
    const search = page.locator("input.mantine-Spotlight-search");
    await search.fill(language);
    await page.locator("[data-selected]").filter({ hasText: language }).waitFor();
    await search.press("Enter");
    await search.waitFor({ state: "hidden" });
    await page.locator(`html[lang=${language === "English" ? "en" : "zh-CN"}]`).waitFor();
  };
  const key = async (keys: string, times = 1) => {
    for (let i = 0; i < times; i++) await page.keyboard.press(keys);
  };

  it("is drawn by the keyboard alone, and 50 steps are taken back and done again", async () => {
    const journey = await make("by keyboard");
    const drawing = await open(page, journey);
    await page.locator('.react-flow__node[data-id="b"]').focus();
    const before = await drawing.ids();
    const count = () => page.getByTestId("outline").getByRole("listitem").count();
    const focused = () =>
      page.locator(".react-flow__node:focus").evaluateAll(([card]) => card?.getAttribute("data-id") ?? null);
    for (let i = 0; i < 50; i++) {
      const was = await focused();
      await key("n");
      await page.getByTestId("picker-search").waitFor();
      await page.keyboard.type("tag");
      await key("Enter");
      await page.getByTestId("picker-search").waitFor({ state: "detached" });
      // The old card keeps the focus until the new one is drawn.
      await until(async () => (await count()) === before.length + i + 1 && ![null, was].includes(await focused()), {
        what: `the new card ${i + 1}`,
      });
    }
    await key("Control+z", 50);
    await until(async () => (await count()) === before.length, { what: "the drawing as it was" });
    await key("Control+Shift+z", 50);
    await until(async () => (await count()) === before.length + 50, { what: "all steps again" });
    await key("Control+z", 50);
    await drawing.saved();
    await expect.poll(() => linesOf(journey)).toEqual(["a.next>b", "fork.no>c", "fork.yes>a", "start.next>fork"]);
    await key("ArrowUp");
    await until(async () => (await page.locator(".react-flow__node:focus").count()) === 1, {
      what: "a walked-to card",
    });
  });

  it("offers under ⌘K what the designer does, each with its key, in both languages, and only what its mode allows", async () => {
    const journey = await make("by commands");
    const drawing = await open(page, journey);
    const search = page.locator("input.mantine-Spotlight-search");
    const choose = async (typed: string, line: RegExp) => {
      await key("Control+k");
      await search.fill(typed);
      await page.locator("[data-selected]").filter({ hasText: line }).waitFor();
      await key("Enter");
      await search.waitFor({ state: "hidden" });
    };
    const isOn = (what: Locator) => until(() => what.evaluate((one) => one.contains(window.document.activeElement)));

    await page.locator('.react-flow__node[data-id="a"]').focus();
    const before = await drawing.ids();
    await choose("add a", /^Add a stepN$/);
    await isOn(page.getByTestId("picker-search"));
    await page.keyboard.type("tag");
    await key("Enter");
    const added = await until(async () => (await drawing.ids()).find((id) => !before.includes(id)), {
      what: "the step",
    });
    await drawing.saved();
    await expect.poll(() => linesOf(journey)).toContain(`a.next>${added}`);
    await choose("undo", /^UndoCtrl Z$/);
    await until(async () => (await drawing.ids()).join() === before.join(), { what: "the drawing as it was" });

    await choose("find", /^Find a stepCtrl F$/);
    await isOn(page.getByRole("dialog", { name: "Find a step" }));
    await page.keyboard.type("three");
    await key("Enter");
    await isOn(page.locator('.react-flow__node[data-id="c"]'));
    await choose("rename", /^Rename the stepF2$/);
    await isOn(drawing.inspector.getByLabel("Title"));
    await page.keyboard.type("Last");
    await page.getByTestId("node-c").getByText("Last").waitFor();

    await choose("settings", /^Journey settings$/);
    await isOn(page.getByTestId("settings"));
    await choose("keys", /^Keys\?$/);
    const keys = page.getByTestId("keys");
    await isOn(keys);
    await keys.getByText("Tidy up").waitFor();
    await key("Escape");
    await keys.waitFor({ state: "hidden" });

    await read("简体中文");
    await choose("撤销", /^撤销Ctrl Z$/);
    await page.getByTestId("node-c").getByText("Last").waitFor({ state: "detached" });
    await read("English");
    await drawing.saved();
    await choose("publish", /^Publish …$/);
    await isOn(page.getByRole("dialog", { name: "Publish version 1" }));
    await page.getByTestId("publish-now").click();
    await page.getByTestId("publish-dialog").waitFor({ state: "detached" });
    await page.getByTestId("mode").waitFor();

    await choose("live", /^Watch it live$/);
    await page.locator('[data-testid="canvas"][data-mode="live"]').waitFor();
    await key("Control+k");
    await search.fill("tidy");
    await page.getByText("Nothing found for “tidy”").waitFor();
    await search.fill("pause");
    await page
      .locator("[data-selected]")
      .filter({ hasText: /^Pause the journey$/ })
      .waitFor();
    await key("Escape");
    await search.waitFor({ state: "hidden" });
    await choose("draft", /^Go to the draft$/);
    await page.locator('[data-testid="canvas"][data-mode="edit"]').waitFor();
  });

  it("heals the line when a step is deleted, and moves a card dropped on a line there", async () => {
    const journey = await make("by mouse");
    const drawing = await open(page, journey);
    await drawing.open("a");
    await key("Escape");
    await page.locator('.react-flow__node[data-id="a"]').focus();
    await key("Delete");
    await drawing.saved();
    await expect.poll(() => linesOf(journey)).toEqual(["fork.no>c", "fork.yes>b", "start.next>fork"]);
    await key("Escape");
    await drop(page, "b", "insert-fork:no");
    await until(async () => (await linesOf(journey)).includes("b.next>c"), { what: "the step on its new way" });
    expect(await linesOf(journey)).toEqual(["b.next>c", "fork.no>b", "start.next>fork"]);
    await key("Control+z", 2);
    await until(async () => (await linesOf(journey)).length === 4, { what: "both steps taken back" });
  });

  it("deletes what a marquee caught, goes on by the way that is chosen, and carries steps after a double click on words", async () => {
    const journey = await make("by marquee");
    const drawing = await open(page, journey);
    await page.getByTestId("palette").getByRole("heading", { name: "Conditions" }).dblclick();
    await page.mouse.click(700, 700);
    await drawing.drag("tag", { node: "c", port: "next" });
    await key("Control+z");
    await key("Escape");
    const fork = await page.getByTestId("node-fork").boundingBox();
    if (!fork) throw new Error("the fork is not on the screen");
    await page.keyboard.down("Shift");
    await page.mouse.move(fork.x - 30, fork.y + 20);
    await page.mouse.down();
    await page.mouse.move(fork.x + 80, fork.y + 60, { steps: 6 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await page.locator('[data-testid="node-fork"][data-selected]').waitFor();
    await key("Delete");
    await page.getByText("Everyone now goes on as on “yes”").waitFor();
    await until(async () => (await linesOf(journey)).includes("start.next>a"), { what: "the first way kept" });
    await page.getByTestId("keep-no").click();
    await until(async () => (await linesOf(journey)).includes("start.next>c"), { what: "the other way kept" });
    expect(await linesOf(journey)).toEqual(["a.next>b", "start.next>c"]);
    await page.getByTestId("keep-all").click();
    await until(async () => (await linesOf(journey)).length === 4, { what: "the fork again" });
    await page.getByTestId("keep-all").waitFor({ state: "detached" });
  });

  it("folds a branch out of sight, copies it whole, and pastes it into another journey in another tab", async () => {
    const [from, into] = [await make("from"), await make("into")];
    await open(page, from);
    await page.locator('.react-flow__node[data-id="fork"]').focus();
    await key("b");
    await page.getByTestId("folded-fork:yes").waitFor();
    expect(await page.getByTestId("node-a").count()).toBe(0);
    await page.getByTestId("node-fork").click({ position: { x: 60, y: 16 } });
    await page.locator('.react-flow__node[data-id="fork"]').focus();
    await key("Control+c");
    const other = await page.context().newPage();
    const drawing = await open(other, into);
    await other.getByTestId("node-b").click({ position: { x: 60, y: 16 } });
    await other.locator('.react-flow__node[data-id="b"]').focus();
    await other.keyboard.press("Control+v");
    await until(async () => (await kept(into)).document.nodes.length === 9, { what: "the pasted branch" });
    await drawing.saved();
    const { document } = await kept(into);
    const pasted = document.edges.find((edge) => edge.from === "b")?.to ?? "";
    expect(document.nodes.find(({ id }) => id === pasted)?.kind).toBe("if");
    expect(document.edges.filter((edge) => edge.from === pasted)).toHaveLength(2);
    await other.close();
  });

  it("shows each other's selection, follows what the other saves, and asks about a step that both changed", async () => {
    const journey = await make("of two");
    const email = `ada-${crypto.randomUUID()}@example.com`;
    const { password = "" } = await createOwner({ workspace: tea.workspace, email, name: "Ada" });
    const ada = await visitor(chrome, urls.console, { email, password: password ?? "" });
    const [mine, theirs] = [await open(page, journey), await open(ada.page, journey)];
    await theirs.open("c");
    await page.getByTestId("with-c").getByText("Ada").waitFor();
    await theirs.inspector.getByLabel("Title").fill("Ada's third");
    await page.getByTestId("node-c").getByText("Ada's third").waitFor();

    await page.context().setOffline(true);
    await mine.open("a");
    await mine.inspector.getByLabel("Title").fill("Mine");
    await theirs.open("a");
    await theirs.inspector.getByLabel("Title").fill("Hers");
    await theirs.saved();
    await page.context().setOffline(false);
    const dialog = page.getByRole("dialog", { name: "Two people changed this journey" });
    await dialog.waitFor({ timeout: 60_000 });
    // Each side tells its own change, and the dialog who made the other one.
    expect(await dialog.getByTestId("conflict-saved").textContent()).toContain("Last saved by Ada");
    const [my, her] = [0, 1].map((side) => dialog.getByText("Title", { exact: true }).nth(side).locator("xpath=.."));
    await my?.getByText("Mine").waitFor();
    await her?.getByText("Hers").waitFor();
    await dialog.getByText("Theirs").first().click();
    await dialog.getByRole("button", { name: "Save the joined journey" }).click();
    await mine.saved();
    await page.getByTestId("node-a").getByText("Hers").waitFor();
    await ada.page.context().close();
    await page.getByTestId("presence").waitFor({ state: "detached", timeout: 45_000 });
  });

  it("counts a rule's members while it is edited, and previews a mail as it arrives", async () => {
    const drawing = await open(page, await make("looked at"));
    await drawing.open("fork");
    await page.getByTestId("live-count").waitFor();
    const mail = await drawing.type("email", { node: "b", port: "next" });
    expect(mail).toMatch(/^send/);
    await drawing.inspector.getByLabel("Subject", { exact: true }).fill("Hello {{ member.name }}");
    await page.getByTestId("message-preview").getByText("Hello Lin").waitFor();
    await page.getByTestId("problem-count").click();
    await page.getByTestId("problems").getByText("Email: Hello ‹").first().waitFor();
  });

  it("is drawn by mouse, read and published in a window of 1280 × 720", async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    const journey = await make("small");
    const drawing = await open(page, journey);
    const dragged = await drawing.drag("delay", { node: "c", port: "next" });
    await expect.poll(() => isInWindow(drawing.inspector)).toBe(true);
    await key("Escape");
    await page.getByTestId("insert-start:next").click();
    await page.getByTestId("picker-search").fill("reward");
    await expect.poll(() => isInWindow(page.getByTestId("picker-search"))).toBe(true);
    await key("Enter");
    await drawing.inspector.getByTestId("add-points").click();
    await drawing.inspector.getByTestId("grant-points").getByLabel("Points").fill("50");
    await page.getByTestId(/^others-reward/).focus();
    await key("Enter");
    await page.getByRole("radio", { name: "held by risk", checked: true }).waitFor();
    await key("Escape");
    await drawing.saved();
    await expect
      .poll(() => linesOf(journey))
      .toEqual(expect.arrayContaining([`c.next>${dragged}`, expect.stringMatching(/^reward.*[.]granted>fork$/)]));
    await page.getByTestId("publish").click();
    await page.getByTestId("publish-cost").getByText("50 points").waitFor();
    const now = page.getByTestId("publish-now");
    await expect.poll(() => isInWindow(now)).toBe(true);
    await now.click();
    await page.getByText("Version 1 is live").waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it("keeps unsaved edits when the language is switched after a colleague has saved, and joins both", async () => {
    const journey = await make("switched");
    const drawing = await open(page, journey);
    const saves = (at: URL) => at.pathname.endsWith(`/journeys/${journey}`);
    await page.route(saves, (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
    await drawing.open("a");
    await drawing.inspector.getByLabel("Title").fill("Mine");
    await page.locator('[data-testid="sync"][data-state="offline"]').waitFor();
    const { revision, document } = await kept(journey);
    const nodes = document.nodes.map((node) => (node.id === "c" ? { ...node, title: "Hers" } : node));
    expect(await call(putJourney, tea.actor(), { journey, revision, document: { ...document, nodes } })).toMatchObject({
      ok: true,
    });
    await key("Escape");
    await read("简体中文");
    await page.getByTestId("publish").getByText("发布").waitFor();
    await page.getByTestId("node-a").getByText("Mine").waitFor();
    await page.unroute(saves);
    await drawing.saved();
    await page.getByTestId("node-c").getByText("Hers").waitFor();
    const titles = (await kept(journey)).document.nodes.map(({ title }) => title).filter(Boolean);
    expect(titles.sort()).toEqual(["Hers", "Mine"]);
    await read("English");
    await page.getByTestId("publish").getByText("Publish").waitFor();
    await page.getByTestId("node-a").getByText("Mine").waitFor();
  });

  it.each(["light", "dark"] as const)("is fit for everyone in %s", async (colorScheme) => {
    const drawing = await open(page, await make(`judged ${colorScheme}`));
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    await page.locator('.react-flow__node[data-id="fork"]').focus();
    await key("b");
    await key("m");
    await page.keyboard.type("a note");
    await key("Escape");
    await drawing.open("fork");
    await page.locator("[data-testid=live-count]:not([data-stale])").waitFor();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
  });
});

/** Whether all of it is seen without scrolling. */
async function isInWindow(what: Locator): Promise<boolean> {
  const box = await what.boundingBox();
  const size = what.page().viewportSize();
  if (!box || !size) return false;
  return box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height;
}

/** Drags a card by the mouse and drops it right on something else, once the drawing stands still. */
async function drop(page: Page, card: string, onto: string): Promise<void> {
  const drawing = new Drawing(page);
  await drawing.rest(drawing.card(card));
  await drawing.rest(page.getByTestId(onto));
  const from = await page.getByTestId(`node-${card}`).boundingBox();
  const to = await page.getByTestId(onto).boundingBox();
  if (!from || !to) throw new Error(`${card} or ${onto} is not on the screen`);
  await page.mouse.move(from.x + 40, from.y + 30);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 40, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
}
