import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { z } from "zod";
import { config } from "@/platform/config";
import { Program } from "../e2e/program";
import { visitor } from "../e2e/visitor";
import { openChromium } from "../harness/chromium";
import { until } from "../harness/until";
import { screensOf } from "./screens";
import { makeThings } from "./things";

// npm run screenshots: every screen of the demo that `npm start` runs, in both languages and themes, for the README and docs. Its customers should have shopped a minute.
const OUT = "docs/screenshots";
const MOST_BYTES = 6_000_000;
const QUALITY = 54;
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

const journey = (await list("/api/v1/journeys")).find(({ name }) => name?.startsWith("大额订单答谢"))?.id;
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
  // And one that cannot be used, to be corrected.
  analytics.track({ userId: "ada-li", event: "order_paid", properties: { order_id: "A-2048", amount: "188 yuan" } });
});
await program.received("email", ada, mails + 1);

const [member] = await list(`/api/v1/members?q=${ada}`);
const [store] = await list("/api/v1/stores");
if (!journey || !member || !store) throw new Error("the demo lacks what the pictures show");

const chrome = await openChromium();
if ("reasons" in chrome) throw new Error(`no browser: ${chrome.reasons.join("; ")}`);
const user = { email: demo.user, password: demo.password };
const { page: owner } = await visitor(chrome, demo.urls.console, user);
const made = await makeThings({ program, owner: owner.context().request, urls: demo.urls }, journey);
const screens = screensOf({ journey, ...made.things, run, member: member.id, store: store.id, ada, phone });

/** Only these, when named: `npm run screenshots -- home run`. */
const asked = process.argv.slice(2);
const LOOKS = (["en", "zh-CN"] as const).flatMap((locale) =>
  (["light", "dark"] as const).map((colorScheme) => ({
    locale,
    colorScheme,
    isPlain: (locale === "en") === (colorScheme === "light"),
    suffix: `${locale === "en" ? "" : ".zh-CN"}${colorScheme === "light" ? "" : ".dark"}`,
  })),
);

mkdirSync(OUT, { recursive: true });
let bytes = 0;
try {
  for (const { suffix, locale, colorScheme, isPlain } of LOOKS) {
    const { page: inside } = await visitor(chrome, demo.urls.console, user, { locale, colorScheme, viewport: SIZE });
    const outside = await chrome.newPage({
      ...{ baseURL: demo.urls.console, viewport: SIZE, locale, colorScheme },
      reducedMotion: "reduce",
    });
    for (const [name, screen] of Object.entries(screens)) {
      if ((asked.length > 0 && !asked.includes(name)) || (screen.isPlain && !isPlain)) continue;
      const page = screen.isOutside ? outside : inside;
      await page.goto(screen.path);
      await page.locator("h1, [data-testid=canvas]").first().waitFor();
      await screen.prepare?.(page);
      await until(async () => (await page.locator("[aria-busy=true], .mantine-Skeleton-root").count()) === 0);
      await page.evaluate(() => document.fonts.ready);
      const picture = await still(page);
      const file = join(OUT, `${name}${suffix}.webp`);
      writeFileSync(file, picture);
      bytes += picture.length;
      console.log(`${file}  ${(picture.length / 1000).toFixed(0)} kB`);
    }
    await inside.context().close();
    await outside.context().close();
  }
} finally {
  await made.putAway();
  await chrome.close();
}
if (bytes > MOST_BYTES) throw new Error(`the pictures weigh ${bytes} bytes: more than ${MOST_BYTES}`);

/** Takes the picture once two in a row are alike, or after some tries: a living demo never stands quite still. WebP, a third of PNG's size. */
async function still(page: Page): Promise<Buffer> {
  const devtools = await page.context().newCDPSession(page);
  let was = "";
  for (let tries = 0; tries < 4; tries++) {
    const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
    if (data === was) break;
    was = data;
  }
  await devtools.detach();
  return Buffer.from(was, "base64");
}
