import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { createJourney } from "@/services/journeys/drafting/create";
import { unsubscribeLinks } from "@/services/messages/content/link";
import { couponLink } from "@/services/offers/coupon-link";
import { issueCoupons } from "@/services/offers/issue";
import { createSegment } from "@/services/segments/segments";
import { signSurvey } from "@/services/tasks/survey-link";
import { browser } from "../harness/browser";
import { database } from "../harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "../harness/journey";
import { value } from "../harness/lifecycle";
import { line } from "../harness/line";
import { product } from "../harness/product";
import { type Shop, shop } from "../harness/shop";
import { unfit } from "./fit";
import { owner } from "./visitor";

const chrome = await browser();
const LOOKS = [
  { language: "en", locale: "en-US", close: "Close" },
  { language: "zh-CN", locale: "zh-CN", close: "关闭" },
] as const;

const START = { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } };
const DRAFT = {
  name: "Judged",
  entry: "start",
  nodes: [START, { id: "a", kind: "tag", config: { tag: "one", action: "add" } }],
  edges: [{ from: "start", port: "next", to: "a" }],
};
const TASK = {
  title: "Call her",
  instructions: "Be kind",
  role: "ops",
  store: "any",
  severity: "normal",
  outcomes: [{ id: "done", name: "done" }],
  within: "P2D",
  escalation: { is: "none" },
};
const SURVEY = {
  title: "Your visit",
  questions: [
    { is: "score", id: "stars", text: { en: "How was it?", "zh-CN": "怎么样？" }, most: 5, lowUpTo: 2 },
    {
      is: "choice",
      id: "again",
      text: { en: "Again?" },
      options: [
        { id: "yes", name: { en: "Yes" } },
        { id: "no", name: { en: "No" } },
      ],
    },
    { is: "text", id: "why", text: { en: "Why?" } },
  ],
  channel: "sms",
  purpose: "service",
  content: { sms: { en: { text: "{{ links.survey }}" } } },
  within: "P7D",
};

describe.skipIf(!chrome)("what opens over a page, and what members are shown", async () => {
  if (!chrome) return;
  const { url } = await database();
  const { urls } = await product(url, ["api", "console"]);

  /** A member's run that stands at a step of one kind, and what that step asks for. */
  const standing = async (tea: Shop, member: MemberId, kind: string, config: object, port: string) => {
    const journey = await liveJourney(tea, line([[{ id: "ask", kind, config }, port]]));
    await accept(tea, [{ member, event: event("order_paid", { amount: 100 }) }]);
    await dispatchAll();
    await conductAll(journey.shard);
    const [task] = await peek<{ id: string }>(
      sql`SELECT id FROM task WHERE workspace_id = ${tea.workspace} AND journey_id = ${journey.id}`,
    );
    return { journey: journey.id, task: task?.id ?? "", run: (await runsOf(journey.id))[0]?.id ?? "" };
  };
  /** Looks at what is open, light and dark, and closes it by its button, which is named in the reader's language. */
  const look = async (page: Page, where: string, close?: string): Promise<string[]> => {
    const found = await unfit(page, where);
    if (close === undefined) return found;
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: close, exact: true }).first().click();
    await dialog.waitFor({ state: "detached" });
    return found;
  };

  it.each(LOOKS)(
    "are fit for everyone in $language, and close by a button that has a name",
    {
      timeout: 240_000,
    },
    async ({ locale, close }) => {
      const tea = await shop();
      const [member] = (await members(tea, 1)) as [MemberId];
      const { page } = await owner(chrome, urls.console, tea, { locale });
      const { task, run, journey } = await standing(tea, member, "staff-task", TASK, "done");
      const found: string[] = [];
      const dialog = page.getByRole("dialog");

      await page.goto("/journeys?view=all&new=recipe");
      await dialog.waitFor();
      found.push(...(await look(page, "recipes", close)));

      const draft = value(await call(createJourney, tea.actor(), { document: DRAFT }));
      await page.goto(`/journeys/${draft.id}`);
      await page.locator('[data-testid="canvas"][data-shown]').waitFor();
      await page.getByTestId("publish").click();
      await page.getByTestId("publish-dialog").waitFor();
      found.push(...(await look(page, "publish", close)));

      await page.goto(`/journeys/${journey}`);
      await page.locator('[data-testid="canvas"][data-shown]').waitFor();
      await page.getByTestId("stop").click();
      await dialog.waitFor();
      found.push(...(await look(page, "stop", close)));

      await page.goto(`/runs/${run}`);
      await page.getByTestId("run-move").filter({ visible: true }).click();
      await dialog.waitFor();
      found.push(...(await look(page, "move", close)));

      await page.goto("/offers?new=1");
      await dialog.waitFor();
      found.push(...(await look(page, "new offer", close)));

      value(await call(createSegment, tea.actor(), { name: "Everybody", rule: { all: [] } }));
      await page.goto("/segments");
      await page.getByRole("button", { name: "Everybody" }).last().click();
      await page.getByRole("menuitem").first().click();
      await page.getByTestId("overlap").waitFor();
      found.push(...(await look(page, "overlap", close)));

      await page.goto(`/tasks/${task}`);
      await page.locator("h1").first().waitFor();
      found.push(...(await look(page, "task")));

      const survey = await standing(tea, member, "survey", SURVEY, "low");
      const [coupon] = await engine((tx) =>
        issueCoupons(tx, tea.workspace, [{ member, offer: tea.offer, source: "test" }], new Date()),
      );
      if (!coupon?.ok) throw new Error("no coupon");
      const unsubscribe = unsubscribeLinks({ workspace: tea.workspace, member, channel: "sms" });
      const at = (link: string) => urls.api + new URL(link).pathname;
      for (const [what, path] of [
        ["survey", `${urls.api}/s/${signSurvey(tea.workspace, survey.task)}`],
        ["coupon", at(couponLink(tea.workspace, coupon.coupon.id))],
        ["unsubscribe", at(unsubscribe.page)],
      ] as const) {
        expect((await page.goto(path))?.status(), what).toBe(200);
        await page.locator("h1").waitFor();
        found.push(...(await look(page, what)));
      }
      expect(found).toEqual([]);
      await page.context().close();
    },
  );
});
