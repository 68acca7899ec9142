import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { peek, sql } from "@/platform/db";
import { createOwner } from "@/services/access/create-owner";
import type { Shop } from "../harness/shop";
import { slack, until } from "../harness/until";

export type Visitor = {
  page: Page;
  /** What the browser's console and the page itself complained of since the last look. */
  complaints(): string[];
};

const SIZE = { width: 1440, height: 900 };

/** A shop's owner with a browser window of their own, signed in by the form. */
export async function owner(
  chrome: Browser,
  console: string,
  shop: Shop,
  options: BrowserContextOptions = {},
): Promise<Visitor & { password: string }> {
  const email = `${shop.workspace}@example.com`;
  const { password } = await createOwner({ workspace: shop.workspace, email, name: "Lin Xia" });
  // All owners of a suite come from one address, on a quick machine more of them in a minute than may.
  await peek(sql`DELETE FROM sign_in_attempt`);
  return {
    ...(await visitor(chrome, console, { email, password: password ?? "" }, options)),
    password: password ?? "",
  };
}

/** A browser window, signed in by the form. */
export async function visitor(
  chrome: Browser,
  console: string,
  user: { email: string; password: string },
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await chrome.newContext({
    baseURL: console,
    viewport: SIZE,
    locale: "en-US",
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(20_000 * slack());
  const page = await context.newPage();
  const said: string[] = [];
  page.on("pageerror", (error) => said.push(`${page.url()}: ${error.stack ?? error.message}`));
  page.on("console", (line) => {
    if (line.type() === "error") said.push(`${page.url()}: ${line.text()} (${line.location().url})`);
  });
  await page.goto("/sign-in");
  await page.locator("input[name=email]").fill(user.email);
  await page.locator("input[name=password]").fill(user.password);
  await page.locator("button[type=submit]").click();
  await page.waitForURL((url) => url.pathname === "/");
  return { page, complaints: () => said.splice(0) };
}

/** Waits until React has taken over what was just read: before that, no key is heard. */
export const takesKeys = (what: Locator): Promise<boolean> =>
  until(() => what.evaluate((element) => Object.keys(element).some((key) => key.startsWith("__react"))), {
    what: `keys taken at ${what.page().url()}`,
  });
