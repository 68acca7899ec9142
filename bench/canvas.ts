import type { Browser, Page } from "playwright-core";
import { buildConsole, isConsoleBuilt } from "@/scripts/console-build";
import { createOwner } from "@/services/access/create-owner";
import { call } from "@/services/access/use-case";
import { createJourney } from "@/services/journeys/drafting/create";
import { visitor } from "@/tests/e2e/visitor";
import { openChromium } from "@/tests/harness/chromium";
import { type Shop, shop } from "@/tests/harness/shop";
import { type Bench, type Figure, within } from "./bench";
import { bigDrawing } from "./rig/drawing";
import { apiRole, Sender } from "./rig/events-api";
import { type Drawn, Gestures } from "./rig/gestures";
import { Installation } from "./rig/installation";
import { liveDelays } from "./rig/live-delay";
import { productWorker } from "./rig/product";
import { median, quantile } from "./rig/quantile";

const SIZES = [200, 1000];
const LIVE_EVENTS = 20;
const OPENINGS = 5;

/** The designer in a browser: open, pan, zoom, drag and type in drawings of 200 and 1,000 steps; how far Live mode lags. */
export const canvas: Bench = {
  name: "canvas",
  about:
    "the designer with 200 and 1,000 steps in Chromium: opening, frames while panning, zooming and dragging, typing; events → live numbers",
  run: (options) =>
    Installation.use(options, async (here) => {
      if (!isConsoleBuilt()) {
        options.say("building the console");
        await buildConsole();
      }
      const opened = await openChromium();
      if ("reasons" in opened) throw new Error(`no browser: ${opened.reasons.join("; ")}`);
      try {
        const own = await shop();
        const email = "bench@example.com";
        const { password } = await createOwner({ workspace: own.workspace, email, name: "Bench" });
        await apiRole(here);
        await productWorker(here);
        await here.role("scripts/console.ts", async () =>
          fetch(here.consoleUrl, { redirect: "manual" }).then(
            ({ status }) => status < 500,
            () => false,
          ),
        );
        const { page } = await visitor(opened, here.consoleUrl, { email, password: password ?? "" });
        const figures: Figure[] = [];
        // The console's own first page is nobody's opening of a journey.
        await open(page, await draw(own, 8));
        for (const size of options.isSmall ? [40] : SIZES) {
          figures.push(...(await measure(opened, page, await draw(own, size), size)));
        }
        const sender = new Sender(here.apiUrl, 1);
        const delays = await liveDelays(page, own, sender, options.isSmall ? 5 : LIVE_EVENTS);
        sender.close();
        return [
          ...figures,
          within("an event → its number on the canvas, p50", "ms", median(delays), { most: 2000 }),
          within("an event → its number on the canvas, slowest", "ms", Math.max(...delays), { most: 2000 }),
        ];
      } finally {
        await opened.close();
      }
    }),
};

async function draw(own: Shop, size: number): Promise<string> {
  const made = await call(createJourney, own.actor(), { document: bigDrawing(size) });
  if (!made.ok) throw new Error(made.detail);
  return made.value.id;
}

async function measure(browser: Browser, page: Page, journey: string, size: number): Promise<Figure[]> {
  const name = (what: string) => `${size} steps: ${what}`;
  // The first opening lays out; this browser then knows the places.
  const first = await open(page, journey);
  const openings = [];
  for (let i = 0; i < OPENINGS; i++) openings.push(await open(page, journey));
  const frame = await page.getByTestId("canvas").boundingBox();
  if (!frame) throw new Error("the canvas is not on the screen");
  const middle = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 };
  const gestures = await Gestures.on(browser, page);
  const wheeled = async (): Promise<{ pan: Drawn; zoom: Drawn }> => {
    await page.mouse.move(middle.x, middle.y);
    const pan = await gestures.drawn((i) => page.mouse.wheel(i % 40 < 20 ? 12 : -12, i % 80 < 40 ? 24 : -24));
    await page.keyboard.down("Control");
    const zoom = await gestures.drawn((i) => page.mouse.wheel(0, i % 60 < 30 ? 12 : -12));
    await page.keyboard.up("Control");
    return { pan, zoom };
  };
  const near = await wheeled();
  await page.getByRole("button", { name: "Fit the drawing" }).last().click();
  await page.locator("[data-far]").waitFor();
  const far = await wheeled();

  await open(page, journey);
  const card = await page.getByTestId("node-fork-0").boundingBox();
  if (!card) throw new Error("the first fork is not on the screen");
  await page.mouse.move(card.x + 60, card.y + 16);
  await page.mouse.down();
  const drag = await gestures.drawn((i) =>
    page.mouse.move(card.x + 60 + 120 * Math.sin(i / 10), card.y + 16 + 60 * Math.cos(i / 10)),
  );
  await page.mouse.up();
  await gestures.done();

  await page.getByTestId("node-fork-0").click({ position: { x: 60, y: 16 } });
  const typing = await typed(page);
  const gesture = (what: string, { frames, ms }: Drawn): Figure[] => [
    within(name(what), "frames/s", frames, { least: 50 }),
    within(name(`${what}, the page's own time a frame`), "ms", ms, { most: 20 }),
  ];
  return [
    within(name("open, first time in this browser"), "ms", first, { most: 1000 }),
    within(name(`open again, median of ${OPENINGS}`), "ms", median(openings), { most: 1000 }),
    ...gesture("pan", near.pan),
    ...gesture("zoom", near.zoom),
    ...gesture("pan, all of it seen", far.pan),
    ...gesture("zoom, all of it seen", far.zoom),
    ...gesture("drag a card", drag),
    within(name("a letter in the inspector to the screen, p95"), "ms", typing, { most: 50 }),
  ];
}

/** Milliseconds from the navigation to the drawing that stands still with its cards. */
async function open(page: Page, journey: string): Promise<number> {
  await page.goto(`/journeys/${journey}`, { waitUntil: "commit" });
  const shown = await page.waitForFunction(
    () => document.querySelector('[data-testid="canvas"][data-shown] [data-kind]') && performance.now(),
    undefined,
    { polling: "raf", timeout: 60_000 },
  );
  const ms = Number(await shown.jsonValue());
  await page.waitForLoadState("networkidle");
  return ms;
}

/** From a key to the frame that shows what it did, as the browser times its own events; the 95th of a hundred. */
async function typed(page: Page): Promise<number> {
  const title = page.getByTestId("inspector").getByLabel("Title");
  await title.click();
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === "keydown") seen.push(entry.duration);
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  });
  for (let i = 0; i < 100; i++) {
    await page.keyboard.press(i % 10 === 9 ? "Backspace" : "x");
    await page.waitForTimeout(30);
  }
  const slow = await page.evaluate(() =>
    "seen" in window && Array.isArray(window.seen) ? window.seen.map(Number) : [],
  );
  // What took less than 16 ms is not reported: it was on the next frame.
  return quantile([...slow, ...Array.from({ length: Math.max(0, 100 - slow.length) }, () => 16)], 0.95);
}
