import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { nodeKinds } from "@/core/journey/registry";
import { browser } from "../harness/browser";
import { until } from "../harness/until";
import { desk } from "./desk";
import { Drawing } from "./drawing";

const chrome = await browser();
const Made = z.object({ id: z.string() });
const Kept = z.object({ document: z.looseObject({ nodes: z.array(z.looseObject({ id: z.string() })) }) });
const Events = z.object({ items: z.array(z.looseObject({ name: z.string(), properties: z.looseObject({}) })) });
const SMALLEST = { width: 1280, height: 720 };
/** A text of fewer points is not read. */
const LEGIBLE = 10;

const tag = (id: string) => ({ id, kind: "tag", config: { tag: id, action: "add" } });
const LONG = "Thanked for coming back after a long time away";
/** start → gift → a → b → c */
const draft = (name: string) => ({
  name,
  entry: "start",
  nodes: [
    { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "gift", kind: "reward", config: { grants: [{ is: "points", points: 50 }] } },
    tag("a"),
    tag("b"),
    { ...tag("c"), title: LONG },
  ],
  edges: [
    { from: "start", port: "next", to: "gift" },
    { from: "gift", port: "granted", to: "a" },
    { from: "a", port: "next", to: "b" },
    { from: "b", port: "next", to: "c" },
  ],
});

describe.skipIf(!chrome)("the canvas", async () => {
  if (!chrome) return;
  const { program, page, complaints } = await desk(chrome, { viewport: SMALLEST });
  const { keyboard } = page;
  const moving = page.locator(".react-flow__viewport");

  const open = async (
    name: string,
    isPublished = false,
    document: object = draft(name),
  ): Promise<{ journey: string; drawing: Drawing }> => {
    const answer = await program.post("/api/v1/journeys", { document }, crypto.randomUUID());
    expect(answer).toMatchObject({ status: 200 });
    const journey = Made.parse(answer.body).id;
    if (isPublished) {
      const published = await program.post(`/api/v1/journeys/${journey}/publish`, {}, crypto.randomUUID());
      expect(published).toMatchObject({ status: 200 });
    }
    await page.goto(`/journeys/${journey}`);
    await page.locator('[data-testid="canvas"][data-shown]').waitFor();
    return { journey, drawing: new Drawing(page) };
  };
  const zoom = async () => Number.parseInt((await page.getByText(/^\d+%$/).textContent()) ?? "", 10);
  const isFar = (far: string | null) =>
    until(async () => (await moving.getAttribute("data-far")) === far, { what: `seen from ${far ?? "near"}` });
  const card = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);

  it("keeps titles legible from far away, and a reward's rare ways within reach", async () => {
    const { drawing } = await open("far");
    await card("gift").focus();
    while ((await zoom()) >= 60) await keyboard.press("-");
    await isFar("title");
    expect(await sizeOf(drawing.card("a").locator("[title]").first())).toBeGreaterThanOrEqual(LEGIBLE);
    await card("gift").hover();
    const others = page.getByTestId("others-gift");
    expect(await sizeOf(others)).toBeGreaterThanOrEqual(LEGIBLE);
    await others.click();
    await page.getByRole("radio", { name: "held by risk" }).waitFor();
    await keyboard.press("Escape");
    await card("gift").focus();
    while ((await zoom()) < 80) await keyboard.press("+");
    await isFar(null);
  });

  it("tells the whole name of a rare way, on its line and to a screen reader, where little of it has room", async () => {
    await open("rare", false, {
      ...draft("rare"),
      nodes: [...draft("rare").nodes, tag("review")],
      edges: [...draft("rare").edges, { from: "gift", port: "held", to: "review" }],
    });
    await card("gift").focus();
    while ((await zoom()) >= 60) await keyboard.press("-");
    await isFar("title");
    // What cannot be pointed at is not hovered over.
    await page.locator('.react-flow__edgelabel-renderer [title="held by risk"]').hover();
    await page.getByRole("img", { name: "held by risk" }).waitFor({ state: "attached" });
  });

  it("goes to where its map is pressed, moves along while that is dragged, and zooms by a wheel over it", async () => {
    const ids = Array.from({ length: 16 }, (_, i) => `step-${i}`);
    const [first = "", ...others] = ids;
    await open("map", false, {
      ...draft("map"),
      nodes: [...draft("map").nodes.slice(0, 1), ...ids.map(tag)],
      edges: [
        { from: "start", port: "next", to: first },
        ...others.map((to, i) => ({ from: `step-${i}`, port: "next", to })),
      ],
    });
    const map = page.getByTestId("overview");
    const { x, y, width, height } = await box(map);
    const middle = x + width / 2;
    const last = card("step-15");
    const isSeen = () => last.evaluate((one) => one.getBoundingClientRect().top < window.innerHeight);
    expect(await isSeen()).toBe(false);
    await page.mouse.move(middle, y + height - 12);
    await page.mouse.down();
    await until(isSeen, { what: "the last step in the window" });
    await page.mouse.move(middle, y + 12, { steps: 4 });
    await page.mouse.up();
    await until(async () => !(await isSeen()), { what: "the last step below the window again" });
    const before = await zoom();
    await page.mouse.wheel(0, 100);
    await expect.poll(zoom).toBeLessThan(before);
    while ((await zoom()) < 80) await keyboard.press("+");
    await isFar(null);
  });

  it("keeps every answer of a step in sight, and what seldom happens beside them, over none", async () => {
    const { drawing } = await open("ways", false, {
      ...draft("ways"),
      nodes: [
        ...draft("ways").nodes.slice(0, 2),
        { id: "ask", kind: "survey", config: nodeKinds.survey.initial },
        { id: "allow", kind: "approval", config: nodeKinds.approval.initial },
      ],
      edges: [
        { from: "start", port: "next", to: "ask" },
        { from: "ask", port: "high", to: "allow" },
        { from: "allow", port: "approved", to: "gift" },
      ],
    });
    await card("gift").focus();
    while ((await zoom()) < 80) await keyboard.press("+");
    await isFar(null);
    for (const way of ["ask-low", "ask-timeout", "allow-rejected", "allow-expired"])
      expect(
        await page.getByTestId(`add-${way}`).evaluate((plus) => getComputedStyle(plus.parentElement ?? plus).opacity),
        way,
      ).toBe("1");
    await card("gift").hover();
    const [name, others] = [
      await box(drawing.card("gift").getByText("granted", { exact: true })),
      await box(page.getByTestId("others-gift")),
    ];
    expect(others.x).toBeGreaterThanOrEqual(name.x + name.width);
  });

  it("shows a long title on two lines above the live numbers, from as far away as both fit", async () => {
    const { drawing } = await open("long", true);
    await page.getByTestId("mode").getByText("Live", { exact: true }).click();
    const numbers = page.getByTestId("count-c-entered");
    await numbers.waitFor();
    await card("c").focus();
    while ((await zoom()) < 70) await keyboard.press("+");
    while ((await zoom()) >= 70) await keyboard.press("-");
    await isFar("title");
    const title = drawing.card("c").getByTitle(LONG).first();
    const lines = () =>
      title.evaluate((text) => text.clientHeight / Number.parseFloat(getComputedStyle(text).lineHeight));
    await until(async () => Math.round(await lines()) === 2, { what: "two lines" });
    const [words, figures] = [await box(title), await box(numbers)];
    expect(figures.y).toBeGreaterThanOrEqual(words.y + words.height - 1);
    expect(figures.y + figures.height).toBeLessThanOrEqual((await bottom(drawing.card("c"))) + 1);
    while ((await zoom()) >= 50) await keyboard.press("-");
    await until(async () => Math.round(await lines()) === 1, { what: "one line" });
  });

  it("takes a step dropped as near to a way on the screen as ever, however far away it is seen", async () => {
    const { drawing, journey } = await open("dropped");
    await card("a").focus();
    while ((await zoom()) >= 45) await keyboard.press("-");
    await isFar("title");
    await keyboard.press("Escape");
    const before = await drawing.ids();
    const plus = await box(page.getByTestId("add-c-next"));
    const from = await box(page.getByTestId("palette-delay"));
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(plus.x + 60, plus.y + 40, { steps: 4 });
    // A hand that stops short.
    await page.mouse.move(plus.x + plus.width / 2 + 36, plus.y + plus.height / 2, { steps: 4 });
    await page.mouse.up();
    const made = await until(async () => (await drawing.ids()).find((id) => !before.includes(id)), { what: "a step" });
    await drawing.saved();
    const { body } = await program.get(`/api/v1/journeys/${journey}`);
    expect(body).toMatchObject({
      document: { edges: expect.arrayContaining([{ from: "c", port: "next", to: made }]) },
    });
  });

  it("looks nearer, farther and at all of it by keys, also while the keyboard is on the switch of modes", async () => {
    await open("looked at", true);
    await page.getByTestId("mode").getByText("Live", { exact: true }).click();
    await page.locator("[data-testid^=count-]").first().waitFor();
    await keyboard.press("0");
    const whole = await until(async () => ((await isStill(card("b"))) ? zoom() : undefined), { what: "all of it" });
    await keyboard.press("-");
    await until(async () => (await zoom()) < whole, { what: "farther" });
    await keyboard.press("+");
    await keyboard.press("+");
    await until(async () => (await zoom()) > whole, { what: "nearer" });
    expect(await page.getByTestId("mode").locator("input:checked").getAttribute("value")).toBe("live");
  });

  it("has one menu of a step, by the right button and by the inspector's", async () => {
    const { drawing } = await open("menu");
    await card("b").click({ button: "right" });
    const byRight = await entries(page);
    await keyboard.press("Escape");
    await page.getByTestId("context-menu").waitFor({ state: "detached" });
    await drawing.open("b");
    await page.getByTestId("inspector-more").click();
    expect(await entries(page)).toEqual(byRight);
    expect(byRight).toEqual(expect.arrayContaining(["menu-rename", "menu-duplicate", "menu-remove"]));
    await keyboard.press("Escape");
  });

  it("renames a step by F2, on its card, in its inspector and in what is kept", async () => {
    const { drawing, journey } = await open("named");
    await card("b").focus();
    await keyboard.press("F2");
    await page.locator("[data-testid=inspector] textarea:focus").waitFor();
    await keyboard.press("ControlOrMeta+a");
    await keyboard.type("Regular guest");
    await keyboard.press("Enter");
    await drawing.card("b").getByText("Regular guest").waitFor();
    await drawing.saved();
    const { document } = Kept.parse((await program.get(`/api/v1/journeys/${journey}`)).body);
    expect(document.nodes.find(({ id }) => id === "b")).toMatchObject({ title: "Regular guest" });
  });

  it("lets a title grow as it is written also in a browser that does not do so by itself", async () => {
    const { drawing } = await open("grown");
    await page.evaluate(() => {
      CSS.supports = () => false;
    });
    await drawing.open("b");
    const title = page.locator('[data-testid=inspector] [data-field="@title"] textarea');
    await title.evaluate((area) => area.style.setProperty("field-sizing", "fixed", "important"));
    const { height } = await box(title);
    await title.fill("A title of so many words that no panel can show all of them on one line");
    await until(async () => (await box(title)).height >= 1.8 * height, { what: "a second line" });
    await title.fill("Short");
    await until(async () => (await box(title)).height <= height, { what: "one line again" });
  });

  it("shows every step of the palette beside an open inspector in the smallest window", async () => {
    const { drawing } = await open("beside");
    await drawing.open("a");
    const steps = await page.locator("[data-testid=palette] [data-testid^=palette-]").all();
    expect(steps.length).toBeGreaterThan(15);
    const frame = await box(page.getByTestId("palette"));
    for (const step of steps) {
      const { x, y, width, height } = await box(step);
      expect.soft(x >= frame.x && x + width <= frame.x + frame.width).toBe(true);
      expect.soft(y >= frame.y && y + height <= Math.min(frame.y + frame.height, SMALLEST.height)).toBe(true);
    }
  });

  it("fits a desktop's mail into the panel of the smallest window", async () => {
    const mail = { subject: "Hello", blocks: [{ kind: "text", text: "Hello" }] };
    const { drawing } = await open("mail", false, {
      ...draft("mail"),
      nodes: [
        draft("mail").nodes[0],
        {
          id: "mail",
          kind: "send",
          config: { ...nodeKinds.send.initial, channel: "email", content: { email: { en: mail, "zh-CN": mail } } },
        },
      ],
      edges: [{ from: "start", port: "next", to: "mail" }],
    });
    await drawing.open("mail");
    await drawing.inspector.getByTestId("preview-screen").getByText("Desktop", { exact: true }).click();
    const room = drawing.inspector.getByTestId("preview-page");
    const width = async () => Math.round((await box(room.locator("iframe"))).width);
    await until(async () => (await width()) > 0 && (await width()) === Math.round((await box(room)).width), {
      what: "the mail as wide as its panel",
    });
  });

  it("takes amounts as they are written, key by key, with the zeros behind them", async () => {
    const { drawing, journey } = await open("written");
    await drawing.open("start");
    const amount = (await drawing.condition("amount", "event.amount")).getByLabel("Value");
    await amount.and(page.locator(":focus")).waitFor();
    for (const [text, minor] of [
      ["9.90", 990],
      ["10.05", 1005],
    ] as const) {
      await rewrite(amount, text);
      expect(await amount.inputValue()).toContain(text);
      await drawing.saved();
      await until(
        async () =>
          JSON.stringify((await program.get(`/api/v1/journeys/${journey}`)).body).includes(`"value":${minor}}`),
        { what: `${text} kept` },
      );
    }
  });

  it("sends a test event whose properties are fields, money in whole units, and the same as JSON", async () => {
    await open("tested", true);
    await page.getByTestId("mode").getByText("Live", { exact: true }).click();
    await page.getByRole("button", { name: "Send a test event" }).click();
    const form = page.getByRole("dialog", { name: "Send a test event" });
    await rewrite(form.getByLabel("Amount"), "188.50");
    await form.getByTestId("test-json").check();
    const json = form.getByRole("textbox", { name: "Properties" });
    expect(JSON.parse(await json.inputValue())).toMatchObject({ amount: 18850 });
    await form.getByTestId("send-test").click();
    await form.getByRole("status").waitFor();
    const sent = await until(async () => Events.parse((await program.get("/api/v1/events")).body).items[0], {
      what: "the event",
    });
    expect(sent.properties).toMatchObject({ amount: 18850 });
  });

  it("has made the browser complain of nothing", () => {
    expect(complaints()).toEqual([]);
  });
});

async function box(what: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const found = await what.boundingBox();
  if (!found) throw new Error(`not on the screen: ${what}`);
  return found;
}

async function bottom(what: Locator): Promise<number> {
  const { y, height } = await box(what);
  return y + height;
}

/** A text's size in points of the screen: as it is set, times how the canvas is scaled. */
function sizeOf(what: Locator): Promise<number> {
  return what.evaluate((element) => {
    if (!(element instanceof HTMLElement)) return 0;
    const scale = element.getBoundingClientRect().width / element.offsetWidth;
    return Number.parseFloat(getComputedStyle(element).fontSize) * scale;
  });
}

/** Writes over what stands in a field, as fingers do. */
async function rewrite(field: Locator, text: string): Promise<void> {
  await field.click();
  await field.press("ControlOrMeta+a");
  await field.pressSequentially(text);
}

async function isStill(what: Locator): Promise<boolean> {
  const was = JSON.stringify(await what.boundingBox());
  await what.page().evaluate(() => new Promise((tell) => setTimeout(tell, 120)));
  return JSON.stringify(await what.boundingBox()) === was;
}

/** What the menu that is open offers. */
async function entries(page: Page): Promise<(string | null)[]> {
  await page.getByTestId("context-menu").waitFor();
  return page
    .getByTestId("context-menu")
    .getByRole("menuitem")
    .evaluateAll((items) => items.map((item) => item.getAttribute("data-testid")));
}
