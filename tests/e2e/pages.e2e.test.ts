import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { newId } from "@/platform/ids";
import { invitePerson } from "@/services/access/people/invite";
import { call } from "@/services/access/use-case";
import { seedDemo } from "@/services/demo/seed";
import { browser } from "../harness/browser";
import { database } from "../harness/database";
import { product } from "../harness/product";
import { until } from "../harness/until";
import { cutTexts, shiftOf } from "./feel";
import { COLOURS, type Colours, IN_LIGHT, inColours, unfit } from "./fit";
import { Program } from "./program";
import { visitor } from "./visitor";

const chrome = await browser();
const LOOKS = [
  { language: "en", locale: "en-US", home: "Home", colours: COLOURS },
  { language: "zh-CN", locale: "zh-CN", home: "首页", colours: IN_LIGHT },
] as const;
const SMALLEST = { width: 1280, height: 720 };
/** What the web calls good (web.dev/cls); a page here should stay far below. */
const MOST_SHIFT = 0.1;
const First = z.object({ items: z.array(z.object({ id: z.string() })).min(1) });

describe.skipIf(!chrome)("every page of the console", async () => {
  if (!chrome) return;
  const { url } = await database();
  const demo = await seedDemo({ now: new Date(), say: () => {}, members: 120 });
  const { urls } = await product(url);
  const program = new Program(urls.api, demo);

  // A member's run, so that no page is empty.
  await program.tell((analytics) => {
    const traits = {
      name: "Ada",
      phone: "+8613800138009",
      email: "ada@example.com",
      consent: { sms: true, email: true },
    };
    analytics.identify({ userId: "ada", traits });
    analytics.track({ userId: "ada", event: "Order Completed", properties: { order_id: "A-1", total: 188 } });
    // One that cannot be used, so that the list of these is not empty either.
    analytics.track({ userId: "ada", event: "order_paid", properties: { order_id: "A-2" } });
  });
  await program.received("email", "ada@example.com");
  const first = async (path: string) => {
    const { items } = await until(async () => First.safeParse((await program.get(path)).body).data, { what: path });
    return items[0]?.id;
  };
  const member = await first("/api/v1/members?q=ada@example.com");
  const message = await first(`/api/v1/messages?member=${member}&channel=email`);
  const run = await first(`/api/v1/runs?member=${member}`);
  const store = await first("/api/v1/stores");
  const journeys = First.parse((await program.get("/api/v1/journeys")).body).items;

  const paths = [
    "/",
    "/journeys",
    `/journeys/${journeys[0]?.id}`,
    "/members",
    `/members/${member}`,
    `/members/${member}?show=coupons`,
    `/members/${member}?show=why&journey=${journeys[0]?.id}`,
    "/segments",
    "/offers",
    "/offers?show=coupons",
    "/offers?show=redemptions",
    "/tasks",
    "/messages",
    `/messages?message=${message}`,
    "/runs",
    "/runs?state=failed",
    `/runs/${run}`,
    "/events",
    "/events?show=rejected",
    "/audit",
    "/stores",
    `/stores/${store}`,
    "/sandbox",
    "/sandbox?of=nobody",
    "/integrations",
    "/settings",
    "/settings/points",
    "/settings/holdout",
    "/settings/publishing",
    "/settings/sending",
    "/settings/quiet-hours",
    "/settings/caps",
    "/settings/channels",
    "/settings/team",
    "/settings/you",
  ];

  it.each(LOOKS)(
    "opens in $language, without a complaint, a jump or a cut text, and fit for everyone",
    { timeout: 480_000 },
    async ({ language, locale, home, colours }) => {
      const user = { email: demo.user, password: demo.password };
      // The smallest window the console is made for.
      const { page, complaints } = await visitor(chrome, urls.console, user, { locale, viewport: SMALLEST });
      await page.getByRole("link", { name: home, exact: true }).first().waitFor();
      const found: string[] = [];
      for (const path of paths) {
        await page.emulateMedia({ colorScheme: "light" });
        const answer = await page.goto(path);
        expect(answer?.headers()["content-security-policy"], path).toMatch(/script-src 'self' 'nonce-[^']+'/);
        await settled(page, "light");
        const shift = await shiftOf(page);
        if (shift > MOST_SHIFT) found.push(`${path}: what was shown moved by ${shift.toFixed(3)}`);
        found.push(...(await cutTexts(page)).map((text) => `${path}: cut, and told nowhere else: ${text}`));
        found.push(...(await unfit(page, path, { settled, colours })));
        expect(await page.locator("html").getAttribute("lang"), path).toBe(language);
      }
      expect(found).toEqual([]);
      expect(complaints()).toEqual([]);
      await page.context().close();
    },
  );

  it.each(LOOKS)("lets in by pages that are fit for everyone in $language", { timeout: 120_000 }, async (look) => {
    const email = `colleague-${newId()}@example.com`;
    const owner = {
      as: "user",
      workspace: demo.workspace as WorkspaceId,
      user: newId(),
      role: "owner",
      name: "Lin",
    } as const;
    const invited = await call(invitePerson, owner, { name: "Bo", email, role: "ops" });
    if (!invited.ok) throw new Error(invited.reason);
    const page = await chrome.newPage({ baseURL: urls.console, locale: look.locale, reducedMotion: "reduce" });
    await page.goto("/sign-in");
    const found = await unfit(page, "/sign-in", { settled });
    await page.locator("input[name=email]").fill(email);
    await page.locator("input[name=password]").fill(invited.value.password ?? "");
    await page.locator("button[type=submit]").click();
    await page.waitForURL(/first-password/);
    found.push(...(await unfit(page, "/first-password", { settled })));
    expect(found).toEqual([]);
    await page.context().close();
  });
});

/** The page has what it asked for: nothing is a placeholder any more. */
async function settled(page: Page, colours: Colours): Promise<void> {
  await inColours(page, colours);
  await page.locator("h1, [data-testid=canvas][data-ready]").first().waitFor();
  await until(async () => (await page.locator("[aria-busy=true], .mantine-Skeleton-root").count()) === 0, {
    deadline: 20_000,
    every: 100,
    what: `${page.url()} without placeholders`,
  });
}
