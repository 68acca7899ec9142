import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { peek, sql } from "@/platform/db";
import { createOwner } from "@/services/access/create-owner";
import { call } from "@/services/access/use-case";
import { createJourney } from "@/services/journeys/drafting/create";
import { putJourney } from "@/services/journeys/drafting/put";
import { browser } from "../harness/browser";
import { value } from "../harness/lifecycle";
import { until } from "../harness/until";
import { desk } from "./desk";
import { Drawing } from "./drawing";
import { visitor } from "./visitor";

const chrome = await browser();
const Kept = z.object({
  revision: z.int(),
  document: z.looseObject({
    nodes: z.array(z.looseObject({ id: z.string(), title: z.string().optional() })),
    edges: z.array(z.object({ from: z.string(), port: z.string(), to: z.string() })),
    notes: z.array(z.looseObject({ id: z.string(), text: z.string() })).optional(),
  }),
});

/** start → fork; yes → a → b, no → c; and a note */
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
  notes: [{ id: "n1", text: "As it was", at: { x: 420, y: 40 } }],
});

describe.skipIf(!chrome)("a journey that several look at", async () => {
  if (!chrome) return;
  const { tea, program, page, urls } = await desk(chrome);
  // A page with unsaved edits asks before it goes.
  page.on("dialog", (dialog) => void dialog.accept());

  const make = async (name: string) =>
    value(await call(createJourney, tea.actor(), { document: draft(name) })).id as string;
  const kept = async (journey: string) => Kept.parse((await program.get(`/api/v1/journeys/${journey}`)).body);
  const titles = async (journey: string) =>
    (await kept(journey)).document.nodes.flatMap(({ title }) => title ?? []).sort();
  const open = async (on: Page, journey: string): Promise<Drawing> => {
    await on.goto(`/journeys/${journey}`);
    await on.locator('[data-testid="canvas"][data-shown]').waitFor();
    return new Drawing(on);
  };
  /** Nothing that this page draws reaches the server until the answer is called. */
  const cutOff = async (on: Page, journey: string): Promise<() => Promise<void>> => {
    const saves = (at: URL) => at.pathname.endsWith(`/journeys/${journey}`);
    await on.route(saves, (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
    return () => on.unroute(saves);
  };
  const offline = (on: Page) => on.locator('[data-testid="sync"][data-state="offline"]').waitFor();
  /** A colleague's save, by the door every program has. */
  const colleague = async (journey: string, change: (document: z.infer<typeof Kept>["document"]) => object) => {
    const { revision, document } = await kept(journey);
    value(await call(putJourney, tea.actor(), { journey, revision, document: { ...document, ...change(document) } }));
  };

  it("shows the saved draft, to be read and walked, to who may not draw, and follows what others draw", async () => {
    const journey = await make("looked at");
    const email = `viewer-${crypto.randomUUID()}@example.com`;
    const { password } = await createOwner({ workspace: tea.workspace, email, name: "Vi" });
    await peek(
      sql`UPDATE role_grant SET role = 'approver' WHERE user_id = (SELECT id FROM "user" WHERE email = ${email})`,
    );
    const vi = await visitor(chrome, urls.console, { email, password: password ?? "" });
    await open(vi.page, journey);
    await vi.page.getByTestId("read-only").waitFor();
    expect(await vi.page.getByTestId("palette").count()).toBe(0);
    expect(await vi.page.getByTestId("add-b-next").filter({ visible: true }).count()).toBe(0);
    await vi.page.getByTestId("node-a").click({ position: { x: 60, y: 16 } });
    await vi.page.getByTestId("fact-tag").getByText("one").waitFor();
    expect(await vi.page.getByTestId("inspector").count()).toBe(0);
    await vi.page.keyboard.press("ArrowDown");
    await vi.page.getByTestId("fact-tag").getByText("two").waitFor();
    const card = await vi.page.getByTestId("node-b").boundingBox();
    await vi.page.keyboard.press("Delete");
    if (!card) throw new Error("the card is not on the screen");
    await vi.page.mouse.move(card.x + 60, card.y + 16);
    await vi.page.mouse.down();
    await vi.page.mouse.move(card.x + 160, card.y + 60, { steps: 4 });
    await vi.page.mouse.up();
    await vi.page.getByTestId("node-b").waitFor();
    await colleague(journey, ({ nodes }) => ({
      nodes: nodes.map((node) => (node.id === "c" ? { ...node, title: "A colleague's" } : node)),
    }));
    await vi.page.getByTestId("node-c").getByText("A colleague's").waitFor();
    const held = await vi.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("draft")));
    expect(held).toEqual([]);
    expect((await kept(journey)).revision).toBe(2);
    await vi.page.getByRole("button", { name: "Journey settings" }).click();
    expect(await vi.page.getByTestId("settings-budget").isDisabled()).toBe(true);
    await vi.page.context().close();
  });

  it("keeps an offline window's edits whatever another window saves, and brings them back after a reload and a crash", async () => {
    const journey = await make("two windows");
    const one = await open(page, journey);
    const doomed = await page.context().newPage();
    doomed.on("dialog", (dialog) => void dialog.accept());
    const two = await open(doomed, journey);
    await cutOff(doomed, journey);
    await two.open("a");
    await two.inspector.getByLabel("Title").fill("Offline");
    await offline(doomed);
    await one.open("c");
    await one.inspector.getByLabel("Title").fill("Other");
    await one.saved();
    await doomed.reload();
    await doomed.getByTestId("node-a").getByText("Offline").waitFor();
    // Edits that a window is known to have are nobody else's to bring back.
    await page.reload();
    await page.getByTestId("node-c").getByText("Other").waitFor();
    expect(await page.getByText("Your unsaved edits are back").count()).toBe(0);

    await doomed.close();
    const third = await page.context().newPage();
    const again = await open(third, journey);
    await third.getByText("Your unsaved edits are back").waitFor();
    await third.getByTestId("node-a").getByText("Offline").waitFor();
    await until(async () => (await titles(journey)).join() === "Offline,Other", { what: "both windows' edits" });
    await third.getByRole("button", { name: "Discard them" }).click();
    await until(async () => (await titles(journey)).join() === "Other", { what: "the other window's edits alone" });
    await again.saved();
    await third.close();
  });

  it("asks about a note that both rewrote, and an undo takes back that theirs was taken", async () => {
    const journey = await make("noted");
    const drawing = await open(page, journey);
    const back = await cutOff(page, journey);
    await page.getByTestId("note-n1").dblclick();
    await page.keyboard.press("End");
    await page.keyboard.type(", and mine");
    await page.keyboard.press("Escape");
    await offline(page);
    await colleague(journey, () => ({ notes: [{ id: "n1", text: "Hers", at: { x: 420, y: 40 } }] }));
    await back();
    const dialog = page.getByRole("dialog", { name: "Two people changed this journey" });
    await dialog.waitFor({ timeout: 60_000 });
    await dialog.getByText("and mine").first().waitFor();
    await dialog.getByText("Hers").first().waitFor();
    await dialog.getByRole("button", { name: "Discard my edits" }).click();
    await page.getByTestId("note-n1").getByText("Hers").waitFor();
    await drawing.saved();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByTestId("note-n1").getByText("As it was, and mine").waitFor();
    await until(async () => (await kept(journey)).document.notes?.[0]?.text === "As it was, and mine", {
      what: "my words again",
    });
  });

  it("tells what a colleague's edits brought, and that a line one drew is gone with the step she deleted; leads to where it began", async () => {
    const journey = await make("a line");
    const drawing = await open(page, journey);
    const back = await cutOff(page, journey);
    await drawing.connect({ node: "c", port: "next" }, "b");
    await offline(page);
    await colleague(journey, ({ nodes, edges }) => ({
      nodes: nodes.filter(({ id }) => id !== "b").map((node) => (node.id === "a" ? { ...node, title: "Hers" } : node)),
      edges: edges.filter(({ to }) => to !== "b"),
    }));
    await back();
    const came = page.getByTestId("joined");
    await came.getByText("saved other changes meanwhile").waitFor({ timeout: 60_000 });
    await came.getByText("Changed: “Hers”").waitFor();
    await came.getByText(/^Deleted: .*“two”/).waitFor();
    await page.getByText(/^A line drawn meanwhile from .*“three” is dropped/).waitFor();
    await page.getByRole("button", { name: "Show where it began" }).click();
    await page.locator('[data-testid="node-c"][data-selected]').waitFor();
    await drawing.saved();
  });

  it("asks whose step stands on a line into which both put one, and names the one that nothing leads to then", async () => {
    const journey = await make("one line");
    const drawing = await open(page, journey);
    const back = await cutOff(page, journey);
    const mine = await drawing.insert("tag", "start");
    await drawing.inspector.getByLabel("Title").fill("My step");
    await offline(page);
    await colleague(journey, ({ nodes, edges }) => ({
      nodes: [...nodes, { id: "hers", kind: "tag", config: { tag: "hers", action: "add" }, title: "Her step" }],
      edges: [
        ...edges.filter(({ from }) => from !== "start"),
        { from: "start", port: "next", to: "hers" },
        { from: "hers", port: "next", to: "fork" },
      ],
    }));
    await back();
    const dialog = page.getByRole("dialog", { name: "Two people changed this journey" });
    await dialog.waitFor({ timeout: 60_000 });
    const loose = dialog.getByTestId("conflict-loose");
    expect(await loose.textContent()).toContain("“Her step”");
    await dialog.getByText("Theirs").first().click();
    await loose.getByText("“My step”").waitFor();
    expect(await loose.textContent()).not.toContain("Her step");
    await dialog.getByRole("button", { name: "Save the joined journey" }).click();
    await drawing.saved();
    const { document } = await kept(journey);
    expect(document.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(["hers", mine]));
    expect(document.edges.find(({ from }) => from === "start")?.to).toBe("hers");
    expect(document.edges.filter(({ to }) => to === mine)).toEqual([]);
  });

  it("takes a whole journey's file that is pasted: its steps and notes beside the drawing, without its trigger", async () => {
    const [from, into] = [await make("a file"), await make("pasted into")];
    await open(page, from);
    const download = page.waitForEvent("download");
    await page.keyboard.press("Control+k");
    await page.locator("input.mantine-Spotlight-search").fill("export");
    await page.locator("[data-selected]").filter({ hasText: "Export as JSON" }).waitFor();
    await page.keyboard.press("Enter");
    const file = readFileSync(await (await download).path(), "utf8");
    const drawing = await open(page, into);
    await page.locator('.react-flow__node[data-id="fork"]').focus();
    await page.keyboard.press("Escape");
    await page.context().grantPermissions(["clipboard-write"]);
    await page.evaluate((text) => navigator.clipboard.writeText(text), file);
    await page.keyboard.press("Control+v");
    await until(async () => (await kept(into)).document.nodes.length === 9, { what: "the pasted steps" });
    await drawing.saved();
    const { document } = await kept(into);
    expect(document.nodes.filter(({ kind }) => kind === "on-event")).toHaveLength(1);
    expect(document.edges).toHaveLength(4 + 3);
    expect(document.notes?.map(({ text }) => text)).toEqual(["As it was", "As it was"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await until(async () => (await kept(into)).document.nodes.length === 5, { what: "the drawing as it was" });
  });

  it("takes notes along with the steps they explain, and lets a line be cut by the keyboard", async () => {
    const journey = await make("copied");
    await open(page, journey);
    const selected = (id: string) => page.locator(`[data-testid="${id}"][data-selected]`).waitFor();
    await page.getByTestId("node-c").click({ position: { x: 60, y: 16 } });
    await selected("node-c");
    await page.keyboard.down("Control");
    await page.getByTestId("note-n1").click();
    for (const id of ["node-c", "note-n1"]) await selected(id);
    await page.keyboard.up("Control");
    await page.keyboard.press("Control+d");
    await until(async () => (await kept(journey)).document.notes?.length === 2, { what: "the copied note" });
    expect((await kept(journey)).document.nodes).toHaveLength(6);
    await page.keyboard.press("Escape");
    // The view has gone to the copy, beside the drawing.
    await page.keyboard.press("0");
    await page.getByTestId("node-a").click({ position: { x: 60, y: 16 } });
    // Several were selected before: its own inspector, and its own menu.
    await page.getByTestId("inspector").getByText("Step id: a").waitFor();
    await page.getByTestId("inspector-more").click();
    await page.locator("[role=menu] :focus").waitFor({ state: "attached" });
    await page.keyboard.press("ArrowDown");
    let at: string | null | undefined;
    await until(
      async () => {
        at = await page.evaluate(() => document.activeElement?.getAttribute("data-testid"));
        if (at !== "menu-cutLine-next") await page.keyboard.press("ArrowDown");
        return at === "menu-cutLine-next";
      },
      { what: () => `the menu's line; the keyboard is at ${at}` },
    );
    await page.keyboard.press("Enter");
    await until(async () => !(await kept(journey)).document.edges.some(({ from }) => from === "a"), {
      what: "the line cut",
    });
  });

  it("goes by the name before when a name that was emptied slowly is left", async () => {
    const journey = await make("A good name");
    const drawing = await open(page, journey);
    const field = page.getByTestId("journey-name");
    for (const name of ["A go", "A", ""]) {
      await field.fill(name);
      // Each is saved before the next, as by somebody who thinks meanwhile; nothing is saved without a name.
      if (name) await drawing.saved();
      if (name) await until(async () => (await kept(journey)).document.name === name, { what: name });
    }
    await page.keyboard.press("Tab");
    await expect.poll(() => field.inputValue()).toBe("A good name");
    await drawing.saved();
  });
});
