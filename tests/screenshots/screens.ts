import type { Page } from "playwright-core";

/** A screen of the console: where it is, and what makes it worth looking at. */
export type Screen = {
  path: string;
  prepare?(page: Page): Promise<void>;
  /** Two pictures instead of four: each language and each theme is seen once. */
  isPlain?: true;
  /** Nobody is signed in there. */
  isOutside?: true;
};

/** What the pictures show, by id. */
export type Things = {
  journey: string;
  /** A draft made for the pictures, and a colleague who saves another title of its condition. */
  draft: { id: string; entry: string };
  colleague(): Promise<void>;
  /** A journey with a version and a draft that differs from it, the task that it asked for, and a draft with mistakes. */
  service: string;
  task: string;
  broken: string;
  /** Somebody who was let in by a one-time password. */
  newcomer: { email: string; password: string };
  run: string;
  member: string;
  store: string;
  ada: string;
  phone: string;
};

const drawn = (page: Page) => page.locator('[data-testid="canvas"][data-ready]').waitFor();
/** The pointer out of the way, so that nothing is hovered. */
const rest = (page: Page) => page.mouse.move(700, 880);

/** Every screen by the name of its pictures. */
export const screensOf = ({
  journey,
  draft,
  colleague,
  service,
  task,
  broken,
  newcomer,
  run,
  member,
  store,
  ada,
  phone,
}: Things): Record<string, Screen> => ({
  home: { path: "/" },
  journeys: { path: "/journeys?view=all" },
  recipes: {
    path: "/journeys?view=all&new=recipe",
    prepare: (page) => page.getByRole("dialog").locator("svg[role=img] text").first().waitFor(),
  },
  designer: {
    path: `/journeys/${journey}`,
    async prepare(page) {
      await drawn(page);
      await page.getByTestId("node-gold").click({ position: { x: 60, y: 16 } });
      await page.getByTestId("inspector").waitFor();
      await rest(page);
    },
  },
  "designer-live": {
    path: `/journeys/${journey}`,
    async prepare(page) {
      await drawn(page);
      await page.getByTestId("mode").locator("label").nth(1).click();
      // Near enough that each message says what became of it.
      await page.locator("[data-testid^=count-]").first().waitFor();
      await rest(page);
    },
  },
  "designer-trigger": {
    path: `/journeys/${draft.id}`,
    async prepare(page) {
      await drawn(page);
      await page.getByTestId(`node-${draft.entry}`).click({ position: { x: 60, y: 16 } });
      await page.getByTestId("event-count").waitFor();
      await rest(page);
    },
  },
  "designer-conflict": {
    path: `/journeys/${draft.id}`,
    async prepare(page) {
      await drawn(page);
      await page.getByTestId("node-gold").click({ position: { x: 60, y: 16 } });
      const title = page.getByTestId("inspector").getByRole("textbox").first();
      await title.waitFor();
      await page.context().setOffline(true);
      await title.fill("VIP?");
      await colleague();
      await page.context().setOffline(false);
      await page.getByTestId("conflict-saved").waitFor({ timeout: 60_000 });
      await rest(page);
    },
  },
  "designer-mail": {
    path: `/journeys/${journey}`,
    isPlain: true,
    async prepare(page) {
      await drawn(page);
      await page.getByTestId("node-email").click({ position: { x: 60, y: 16 } });
      await page.getByTestId("message-preview").locator("iframe").first().waitFor();
      await page.getByTestId("message-preview").scrollIntoViewIfNeeded();
      await rest(page);
    },
  },
  "designer-compare": {
    path: `/journeys/${service}?mode=compare&from=1&to=draft`,
    isPlain: true,
    async prepare(page) {
      await drawn(page);
      await page.getByTestId("diff-ask").click();
      await page.getByTestId("facts").waitFor();
      await rest(page);
    },
  },
  "designer-versions": {
    path: `/journeys/${service}`,
    isPlain: true,
    async prepare(page) {
      await drawn(page);
      await page.getByTestId("version").click();
      await page.getByTestId("version-1").waitFor();
      await rest(page);
    },
  },
  "designer-publish": {
    path: `/journeys/${service}`,
    isPlain: true,
    async prepare(page) {
      await drawn(page);
      await page.getByTestId("publish").click();
      await page.getByTestId("publish-diff").waitFor();
      await rest(page);
    },
  },
  "designer-problems": {
    path: `/journeys/${broken}`,
    isPlain: true,
    async prepare(page) {
      await drawn(page);
      await page.getByTestId("problem-count").click();
      await page.getByTestId("problems").waitFor();
      await rest(page);
    },
  },
  members: { path: "/members?view=all&sort=spent" },
  member: { path: `/members/${member}` },
  "member-why": {
    path: `/members/${member}?show=why&journey=${journey}`,
    prepare: (page) => page.getByTestId("why").waitFor(),
  },
  segments: { path: "/segments" },
  "segment-rule": {
    path: "/segments",
    isPlain: true,
    async prepare(page) {
      await page.locator("tbody button").first().click();
      await page.getByTestId("segment-form").waitFor();
      await page.locator("[data-testid=live-count]:not([data-stale])").waitFor();
      await rest(page);
    },
  },
  offers: { path: "/offers" },
  coupons: { path: "/offers?show=coupons", isPlain: true },
  redemptions: { path: "/offers?show=redemptions", isPlain: true },
  tasks: { path: "/tasks" },
  task: { path: `/tasks/${task}`, isPlain: true },
  messages: { path: "/messages?view=all" },
  runs: { path: "/runs?view=all" },
  run: { path: `/runs/${run}` },
  events: {
    path: "/events",
    async prepare(page) {
      await page.getByTestId("pause").click();
      await page.locator("tbody button").first().click();
      await page.getByTestId("came-of").waitFor();
    },
  },
  "events-rejected": {
    path: "/events?show=rejected",
    async prepare(page) {
      await page.locator("tbody button").first().click();
      await page.getByTestId("correct").click();
      await page.getByTestId("correction").locator("textarea").first().waitFor();
      await rest(page);
    },
  },
  audit: { path: "/audit" },
  stores: { path: "/stores" },
  store: { path: `/stores/${store}` },
  sandbox: {
    path: "/sandbox",
    async prepare(page) {
      await page.getByRole("button", { name: ada }).first().click();
      await page.getByRole("combobox").first().fill(phone);
      await page.getByRole("option", { name: phone }).click();
      await page.getByRole("combobox").first().blur();
      await page.frameLocator("iframe").getByText("Thank you, Ada Li").waitFor();
    },
  },
  integrations: { path: "/integrations" },
  settings: { path: "/settings" },
  ...Object.fromEntries(
    ["points", "holdout", "publishing", "sending", "quiet-hours", "caps", "channels", "team", "you"].map((page) => [
      `settings-${page}`,
      { path: `/settings/${page}`, isPlain: true } satisfies Screen,
    ]),
  ),
  "sign-in": { path: "/sign-in", isPlain: true, isOutside: true },
  "first-password": {
    path: "/sign-in",
    isPlain: true,
    isOutside: true,
    async prepare(page) {
      await page.locator("input[name=email]").fill(newcomer.email);
      await page.locator("input[name=password]").fill(newcomer.password);
      await page.locator("button[type=submit]").click();
      await page.waitForURL(/first-password/);
      await page.locator("h1").first().waitFor();
    },
  },
  search: {
    path: "/",
    async prepare(page) {
      await page.keyboard.press("ControlOrMeta+k");
      await page.getByRole("dialog").getByRole("textbox").fill("Ada");
      await page.getByRole("dialog").getByText(ada).first().waitFor();
    },
  },
});
