import { describe, expect, it } from "vitest";
import { browser } from "../harness/browser";
import { database } from "../harness/database";
import { liveJourney } from "../harness/journey";
import { product } from "../harness/product";
import { shop } from "../harness/shop";
import { until } from "../harness/until";
import { Program } from "./program";
import { owner } from "./visitor";

const chrome = await browser();
const ORDERS = 3;

describe.skipIf(!chrome)("live numbers on the canvas", async () => {
  if (!chrome) return;
  const { url } = await database();
  const { urls } = await product(url, ["sandbox", "api", "worker", "console"]);
  const tea = await shop();
  const program = new Program(urls.api, tea);
  const { page, complaints } = await owner(chrome, urls.console, tea);
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
    await page.goto(`/journeys/${id}`);
    await page.getByTestId("mode").getByText("Live").click();
    await page.locator("[data-streaming] [data-testid=live-total]").waitFor();
    for (let n = 1; n <= ORDERS; n++) {
      await program.tell((analytics) =>
        analytics.track({
          userId: `member-${n}`,
          event: "Order Completed",
          properties: { order_id: crypto.randomUUID(), total: 120 },
        }),
      );
      await until(async () => (await page.getByTestId("count-pause-waiting").textContent()) === String(n), {
        deadline: 15_000,
        every: 50,
        what: `${n} waiting on the card`,
      });
      expect(await page.getByTestId("total-entered").textContent()).toBe(String(n));
    }
    expect(complaints()).toEqual([]);
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
});
