import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { z } from "zod";
import { config } from "@/platform/config";
import { Program } from "../e2e/program";
import { visitor } from "../e2e/visitor";
import { openChromium } from "../harness/chromium";
import { until } from "../harness/until";

// npm run screenshots: pictures of the demo that `npm start` runs, for the README and docs. Its customers should have shopped a minute.
const OUT = "docs/screenshots";
const MOST_BYTES = 3_000_000;
const SIZE = { width: 1440, height: 900 };

const Demo = z.object({
  urls: z.object({ console: z.url(), api: z.url() }),
  user: z.string(),
  password: z.string(),
  writeKey: z.string(),
  apiKey: z.string(),
});
const Items = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string().nullish(), node: z.string().nullish() })),
});

const demo = Demo.parse(JSON.parse(readFileSync(join(config().REGULARS_HOME, "demo.json"), "utf8")));
const program = new Program(demo.urls.api, demo);
const list = async (path: string) => Items.parse((await program.get(path)).body).items;

const journey = (await list("/api/v1/journeys")).find(({ name }) => name === "大额订单答谢")?.id;
const run = await until(async () => (await list(`/api/v1/runs?journey=${journey}&state=ended`))[0]?.id, {
  deadline: 120_000,
  every: 1_000,
  what: "a coupon used in the journey of the big order (is the demo's switch on?)",
});

// One message for readers of English, which needs no fonts that a bare machine lacks.
const ada = "ada.li@example.com";
const phone = "+8613800138000";
const mails = (await program.inbox("email", ada)).length;
await program.tell((analytics) => {
  const traits = {
    name: "Ada Li",
    phone,
    email: ada,
    locale: "en",
    tier: "gold",
    consent: { sms: true, email: true },
  };
  analytics.identify({ userId: "ada-li", traits });
  analytics.track({
    userId: "ada-li",
    event: "Order Completed",
    properties: { order_id: crypto.randomUUID(), total: 188 },
  });
});
await program.received("email", ada, mails + 1);

type Shot = { name: string; path: string; prepare?(page: Page): Promise<void> };
const drawn = (page: Page) => page.locator('[data-testid="canvas"][data-ready]').waitFor();
const SHOTS = {
  home: { name: "home", path: "/" },
  live: {
    name: "designer-live",
    path: `/journeys/${journey}`,
    async prepare(page) {
      await drawn(page);
      await page.getByTestId("mode").locator("label").nth(1).click();
      await page.locator("[data-testid^=count-]").first().waitFor();
      await page.getByRole("toolbar").getByRole("button").nth(3).click();
      await page.mouse.move(700, 880);
    },
  },
  edit: {
    name: "designer",
    path: `/journeys/${journey}`,
    async prepare(page) {
      await drawn(page);
      await page.getByTestId("node-gold").click({ position: { x: 60, y: 16 } });
      await page.getByTestId("inspector").waitFor();
      await page.mouse.move(700, 880);
    },
  },
  run: { name: "run", path: `/runs/${run}` },
  sandbox: {
    name: "sandbox",
    path: "/sandbox",
    async prepare(page) {
      await page.getByRole("button", { name: ada }).first().click();
      await page.getByRole("combobox").first().fill(phone);
      await page.getByRole("option", { name: phone }).click();
      await page.getByRole("combobox").first().blur();
      await page.frameLocator("iframe").getByText("Thank you, Ada Li").waitFor();
    },
  },
} satisfies Record<string, Shot>;

const LOOKS = [
  { suffix: "", locale: "en", colorScheme: "light", shots: ["home", "live", "edit", "run", "sandbox"] },
  { suffix: ".dark", locale: "en", colorScheme: "dark", shots: ["home", "live", "edit"] },
  { suffix: ".zh-CN", locale: "zh-CN", colorScheme: "light", shots: ["home", "live", "run"] },
] as const;

const chrome = await openChromium();
if ("reasons" in chrome) throw new Error(`no browser: ${chrome.reasons.join("; ")}`);
mkdirSync(OUT, { recursive: true });
let bytes = 0;
try {
  for (const { suffix, locale, colorScheme, shots } of LOOKS) {
    const user = { email: demo.user, password: demo.password };
    const { page } = await visitor(chrome, demo.urls.console, user, { locale, colorScheme, viewport: SIZE });
    for (const key of shots) {
      const shot: Shot = SHOTS[key];
      await page.goto(shot.path);
      await page.locator("h1, [data-testid=canvas]").first().waitFor();
      await shot.prepare?.(page);
      await until(async () => (await page.locator("[aria-busy=true], .mantine-Skeleton-root").count()) === 0);
      await page.evaluate(() => document.fonts.ready);
      const file = join(OUT, `${shot.name}${suffix}.png`);
      await still(page, file);
      bytes += statSync(file).size;
      console.log(`${file}  ${(statSync(file).size / 1000).toFixed(0)} kB`);
    }
    await page.context().close();
  }
} finally {
  await chrome.close();
}
if (bytes > MOST_BYTES) throw new Error(`the pictures weigh ${bytes} bytes: more than ${MOST_BYTES}`);

/** Takes the picture once two in a row are alike, or after some tries: a living demo never stands quite still. */
async function still(page: Page, path: string): Promise<void> {
  let was: Buffer | undefined;
  for (let tries = 0; tries < 8; tries++) {
    const now = await page.screenshot({ path, animations: "disabled", caret: "hide" });
    if (was?.equals(now)) return;
    was = now;
  }
}
