import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { browser } from "../harness/browser";
import { liveJourney } from "../harness/journey";
import { until } from "../harness/until";
import { desk } from "./desk";
import { inColours, unfit } from "./fit";

const chrome = await browser();
const ORDERS = 3;
/** How often the page looks by itself where no stream tells it. */
const POLL_MS = 2_000;

describe.skipIf(!chrome)("live numbers on the canvas", async () => {
  if (!chrome) return;
  const { tea, program, page, complaints } = await desk(chrome, { roles: ["sandbox", "api", "worker", "console"] });
  const { id } = await liveJourney(tea, {
    name: "Paid orders",
    entry: "start",
    nodes: [
      { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
      { id: "pause", kind: "delay", config: { for: "P1D" } },
    ],
    edges: [{ from: "start", port: "next", to: "pause" }],
  });

  it("follow each event by themselves, on the card and in the journey's totals", async () => {
    const clock = await clockOf(page);
    await page.goto(`/journeys/${id}`);
    await page.locator('[data-testid="canvas"][data-shown]').waitFor();
    await page.getByTestId("mode").getByText("Live").click();
    await page.locator("[data-streaming] [data-testid=live-total]").waitFor();
    // Without a stream it looks every two seconds: with less time than that for it all, only what is told can move the numbers.
    await clock.stand();
    for (let n = 1; n <= ORDERS; n++) {
      await program.tell((analytics) =>
        analytics.track({
          userId: `member-${n}`,
          event: "Order Completed",
          properties: { order_id: crypto.randomUUID(), total: 120 },
        }),
      );
      await until(
        async () => {
          await clock.tick();
          return (await page.getByTestId("count-pause-waiting").textContent()) === String(n);
        },
        { deadline: 15_000, every: 200, what: `${n} waiting on the card` },
      );
      await until(
        async () => {
          await clock.tick();
          return (await page.getByTestId("total-entered").textContent()) === String(n);
        },
        { every: 200, what: `${n} entered in all` },
      );
    }
    expect(clock.passed()).toBeLessThan(POLL_MS);
    await clock.goOn();
    expect(complaints()).toEqual([]);
  });

  it("lead from each number of a step to the runs behind it, and from its panel to the newest of them", async () => {
    await expect.poll(() => page.getByTestId("traffic-start-next").textContent()).toBe(String(ORDERS));
    await page.getByTestId("node-pause").click();
    const panel = page.getByTestId("step-panel");
    await panel
      .getByTestId("newest-runs")
      .getByText("Waiting")
      .nth(ORDERS - 1)
      .waitFor();
    await panel.getByRole("link", { name: `several at once (${ORDERS} waiting)` }).waitFor();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
    await panel.getByTestId("panel-entered").click();
    await page.waitForURL((at) => at.pathname === "/runs" && at.searchParams.get("reached") === "pause");
    await page.getByTestId("passed-only").getByText("Came to “Wait ").waitFor();
    await expect.poll(() => page.getByRole("row", { name: "Waiting" }).count()).toBe(ORDERS);
    await page.goBack();
    await page.waitForURL((at) => at.searchParams.get("mode") === "live");
    await page.getByTestId("count-start-left").click();
    await page.waitForURL((at) => at.searchParams.get("left") === "start");
    await expect.poll(() => page.getByRole("row", { name: "Waiting" }).count()).toBe(ORDERS);
    await page.goto(`/journeys/${id}`);
    await page.getByTestId("mode").getByText("Live").click();
    await page.locator("[data-streaming] [data-testid=live-total]").waitFor();
  });

  it("tell what failed also where nothing did, and what each mark means", async () => {
    expect(await page.getByTestId("total-failed").textContent()).toBe("0");
    const legend = page.getByTestId("live-legend");
    for (const word of ["Entered", "Waiting", "Went on", "Failed", "Wider"])
      await legend.getByText(word, { exact: word !== "Wider" }).waitFor();
    await page.getByTestId("total-failed").click();
    await page.waitForURL((at) => at.pathname === "/runs" && at.searchParams.get("state") === "failed");
    expect(new URL(page.url()).searchParams.get("journey")).toBe(id);
  });

  it("move by an event sent from here with one click, which is marked as a test", async () => {
    await page.goto(`/journeys/${id}`);
    await page.getByTestId("mode").getByText("Live").click();
    await page.locator("[data-streaming] [data-testid=live-total]").waitFor();
    await page.getByTestId("test-event").click();
    await page.getByTestId("send-test").click();
    await page.getByText(/Accepted in \d+ ms/).waitFor();
    await expect.poll(() => page.getByTestId("total-entered").textContent()).toBe(String(ORDERS + 1));
    await page.goto("/events");
    await page.getByRole("row", { name: "Order paid" }).first().click();
    await page.getByText("Sent from the console as a test").waitFor();
    expect(complaints()).toEqual([]);
  });

  it("tell what came of a step's messages, each number leading to the messages behind it", async () => {
    const { id } = await liveJourney(tea, {
      name: "Thanks",
      entry: "start",
      nodes: [
        { id: "start", kind: "on-event", config: { event: "thanks", when: { all: [] } } },
        {
          id: "say",
          kind: "send",
          config: {
            channel: "sms",
            purpose: "marketing",
            content: { sms: { en: { text: "Thank you" } } },
            expiresAfter: "P1D",
          },
        },
      ],
      edges: [{ from: "start", port: "next", to: "say" }],
    });
    await page.goto(`/journeys/${id}`);
    await page.getByTestId("mode").getByText("Live").click();
    await page.locator("[data-streaming] [data-testid=live-total]").waitFor();
    await program.tell((analytics) => {
      for (const [userId, phone, sms] of [
        ["willing", "+8613900000001", true],
        ["silent", "+8613900000002", false],
      ] as const) {
        analytics.identify({ userId, traits: { name: userId, phone, locale: "en", consent: { sms } } });
        analytics.track({ userId, event: "thanks" });
      }
    });
    const figure = (part: string) => page.getByTestId(`messages-say-${part}`);
    await until(async () => (await figure("delivered").textContent()) === "1", {
      deadline: 20_000,
      every: 50,
      what: "one delivered under the card",
    });
    expect(await figure("sent").textContent()).toBe("1");
    // The other member is in another lane: what becomes of theirs may be decided after.
    await expect.poll(() => figure("notSent").getAttribute("aria-label")).toContain("1 × The member has not agreed");
    expect(await unfit(page, "live, with messages", { settled: inColours })).toEqual([]);
    await figure("notSent").click();
    await page.waitForURL((at) => at.pathname === "/messages");
    await page
      .getByTestId("step-only")
      .getByText(/^Step: SMS: \S/)
      .waitFor();
    await page.getByRole("row", { name: "silent" }).waitFor();
    expect(await page.getByRole("row", { name: "willing" }).count()).toBe(0);
    expect(complaints()).toEqual([]);
  });
});

/** The page's own clock, which can be made to stand and to go on by a thousandth of a second at a time: what a page does without time, it was told to. */
async function clockOf(page: Page) {
  await page.clock.install();
  let passed = 0;
  return {
    stand: async () => page.clock.pauseAt(await page.evaluate(() => Date.now() + 10_000)),
    async tick() {
      await page.clock.runFor(1);
      passed += 1;
    },
    passed: () => passed,
    goOn: () => page.clock.resume(),
  };
}
