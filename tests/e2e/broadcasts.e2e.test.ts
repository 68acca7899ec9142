import { describe, expect, it } from "vitest";
import { z } from "zod";
import { browser } from "../harness/browser";
import { liveJourney } from "../harness/journey";
import { desk } from "./desk";

const chrome = await browser();
const Listed = z.object({ items: z.array(z.object({ id: z.string(), state: z.string(), startsAt: z.string() })) });
const Made = z.object({ id: z.string() });
const DAY_MS = 86_400_000;

describe.skipIf(!chrome)("sending now while a broadcast is planned", async () => {
  if (!chrome) return;
  // Nobody conducts: what is asked for stands as it was asked.
  const { tea, program, page, complaints } = await desk(chrome);

  /** A live journey with a broadcast planned for tomorrow, and the form that asks when to send it again. */
  const asked = async () => {
    const journey = await liveJourney(tea, {
      name: "News",
      entry: "all",
      nodes: [
        { id: "all", kind: "on-broadcast", config: { at: "", segment: "", when: { all: [] }, perMinute: 0 } },
        { id: "told", kind: "tag", config: { action: "add", tag: "told" } },
      ],
      edges: [{ from: "all", port: "next", to: "told" }],
    });
    const at = new Date(Date.now() + DAY_MS).toISOString();
    const path = `/api/v1/journeys/${journey.id}/broadcasts`;
    const made = Made.parse((await program.post(path, { at }, journey.id)).body);
    await page.goto(`/journeys/${journey.id}?mode=live`);
    await page.getByTestId("broadcasts").getByRole("listitem").first().waitFor();
    await page.getByTestId("broadcast-ask").click();
    const states = async () => {
      const { items } = Listed.parse((await program.get(path)).body);
      return {
        planned: items.find(({ id }) => id === made.id)?.state,
        others: items.filter(({ id }) => id !== made.id).map(({ state }) => state),
      };
    };
    return { choice: page.getByTestId("broadcast-planned"), states };
  };
  const send = async () => {
    await page.getByTestId("broadcast-send").click();
    await page.getByTestId("broadcast-form").waitFor({ state: "detached" });
  };

  it("puts the new one in the planned one's place, as is offered first", async () => {
    const { choice, states } = await asked();
    expect(await choice.getByRole("radio", { name: "Send now instead of it" }).isChecked()).toBe(true);
    await send();
    expect(await states()).toEqual({ planned: "cancelled", others: ["waiting"] });
  });

  it("leaves the planned one as it is where both are wanted", async () => {
    const { choice, states } = await asked();
    await choice.getByRole("radio", { name: "Send now, and that one too" }).check();
    await send();
    expect(await states()).toEqual({ planned: "waiting", others: ["waiting"] });
  });

  it("asks nothing of the kind for one at another instant, and plans it on the 24-hour clock", async () => {
    const { choice, states } = await asked();
    await page.getByTestId("broadcast-form").getByText("At a time").click();
    expect(await choice.count()).toBe(0);
    const at = page.getByTestId("broadcast-at");
    const day = new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10);
    await at.getByRole("textbox").first().fill(day);
    await at.getByRole("spinbutton").first().click();
    await page.keyboard.type("2045");
    expect(
      await at.getByRole("spinbutton").evaluateAll((parts) => parts.map((part) => (part as HTMLInputElement).value)),
    ).toEqual(["20", "45"]);
    await send();
    expect(await states()).toEqual({ planned: "waiting", others: ["waiting"] });
    expect(complaints()).toEqual([]);
  });
});
