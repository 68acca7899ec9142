import type { Page } from "playwright-core";
import type { JourneyId } from "@/core/ids";
import { newId } from "@/platform/ids";
import { liveJourney } from "@/tests/harness/journey";
import type { Shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { batchOf, knownMembers, type Sender } from "./events-api";

const APART_MS = 700;

/** A journey in which each paid order's member enters and waits. */
const WAITS = {
  name: "Live",
  entry: "start",
  nodes: [
    { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "pause", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "start", port: "next", to: "pause" }],
};

/** Milliseconds from an event's posting until its member is counted on the canvas in Live mode, for each of `count` events sent one by one. */
export async function liveDelays(page: Page, own: Shop, sender: Sender, count: number): Promise<number[]> {
  const journey: JourneyId = (await liveJourney(own, WAITS)).id;
  const known = await knownMembers(own, count);
  await page.goto(`/journeys/${journey}`);
  await page.getByTestId("mode").getByText("Live").click();
  await page.locator("[data-streaming] [data-testid=total-entered]").waitFor();
  await page.evaluate(() => {
    const at: Record<string, number> = {};
    Object.assign(window, { at });
    new MutationObserver(() => {
      at[document.querySelector("[data-testid=count-pause-entered]")?.textContent ?? "0"] ??= Date.now();
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const delays: number[] = [];
  for (const [i, { userId }] of known.entries()) {
    const posted = Date.now();
    await sender.post(
      batchOf(own, [{ messageId: newId(), userId, properties: { amount: 12_000, order_id: `o-${i}` } }]),
    );
    const seen = await until(
      () => page.evaluate((n) => "at" in window && Reflect.get(window.at as object, n), String(i + 1)),
      {
        deadline: 60_000,
        every: 50,
        what: `${i + 1} members on the canvas`,
      },
    );
    delays.push(Number(seen) - posted);
    await page.waitForTimeout(APART_MS);
  }
  return delays;
}
