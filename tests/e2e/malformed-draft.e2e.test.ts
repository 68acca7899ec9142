import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { initialOf } from "@/core/journey/ask-kind";
import { nodeKinds } from "@/core/journey/registry";
import { browser } from "../harness/browser";
import { until } from "../harness/until";
import { desk } from "./desk";

const chrome = await browser();
const Made = z.object({ id: z.string() });
const START = { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } };

describe.skipIf(!chrome)("a draft whose settings are not as they should be", async () => {
  if (!chrome) return;
  const { program, page } = await desk(chrome);
  const open = async (nodes: { id: string; kind: string; config: object }[], ends: object = {}) => {
    const edges = nodes.slice(0, 1).map(({ id }) => ({ from: "start", port: "next", to: id }));
    const document = { name: "odd", entry: "start", nodes: [START, ...nodes], edges, ...ends };
    const made = await program.post("/api/v1/journeys", { document }, crypto.randomUUID());
    await page.goto(`/journeys/${Made.parse(made.body).id}`);
    await page.locator('[data-testid="canvas"][data-shown]').waitFor();
  };
  const isFocused = (one: Locator) => one.evaluate((element) => element === document.activeElement);

  it.each([
    ["a number", 5],
    ["an empty object", {}],
    ["a list of numbers", [5]],
  ])("opens with every step, each setting being %s, and shows the form of each", async (_, odd) => {
    const nodes = Object.keys(nodeKinds).map((kind, i) => ({
      id: `n${i}`,
      kind,
      config: Object.fromEntries(Object.keys(initialOf(kind)).map((key) => [key, odd])),
    }));
    await open(nodes);
    const steps = page.getByTestId("outline").getByRole("button");
    await expect.poll(() => steps.count()).toBe(nodes.length + 1);
    const shown = new Set<string>();
    for (let i = 0; i <= nodes.length; i++) {
      await steps.nth(i).evaluate((step: HTMLElement) => step.click());
      const id = await until(
        async () => {
          const [told] = await page.getByTestId("inspector").locator("code").allTextContents();
          return told !== undefined && !shown.has(told) ? told : undefined;
        },
        { what: `the form of step ${i}, after those of ${[...shown].join(", ")}` },
      );
      shown.add(id);
    }
  });

  it("leads from each unfinished condition to the field that is missing, and marks its row", async () => {
    const when = {
      all: [
        { field: "member.orders", is: "gte", value: 1 },
        { field: "member.points", is: "gte" },
        {
          any: [
            { field: "member.visits", is: "gte", value: 2 },
            { field: "member.name", is: "eq" },
          ],
        },
      ],
    };
    await open([{ id: "fork", kind: "if", config: { when } }]);
    await page.getByTestId("problem-count").click();
    for (const field of ["member.points", "member.name"]) {
      const row = page.getByTestId(`rule-row-${field}`);
      await page
        .getByTestId("problem-config_invalid")
        .nth(field === "member.points" ? 0 : 1)
        .getByRole("button")
        .click();
      await row.locator("[data-value] input").waitFor();
      await expect.poll(() => isFocused(row.locator("[data-value] input"))).toBe(true);
      expect(await row.getAttribute("data-worst")).toBe("error");
      expect(await row.getByTestId("rule-problem").count()).toBe(1);
    }
    expect(await page.getByTestId("rule-row-member.orders").getAttribute("data-worst")).toBeNull();
  });

  it("keeps a goal and exits that are unfinished, leads to each of their conditions, and marks its row", async () => {
    await open([{ id: "fork", kind: "if", config: { when: { field: "member.orders", is: "gte", value: 1 } } }], {
      goal: { on: "order_paid", when: { all: [{ field: "event.amount", is: "gte" }] } },
      exits: [
        {
          when: {
            all: [
              { field: "member.name", is: "exists" },
              { field: "member.points", is: "gte" },
            ],
          },
        },
      ],
    });
    for (const field of ["event.amount", "member.points"]) {
      await page.getByTestId("problem-count").click();
      await page.getByTestId("problem-value_missing").first().getByRole("button").click();
      const row = page.getByTestId("settings").getByTestId(`rule-row-${field}`);
      await row.locator("[data-value] input").waitFor();
      await expect.poll(() => isFocused(row.locator("[data-value] input"))).toBe(true);
      expect(await row.getAttribute("data-worst")).toBe("error");
      await page.keyboard.type("5");
      await row.getByTestId("rule-problem").waitFor({ state: "detached" });
    }
    await page.locator('[data-testid="sync"][data-state="saved"]').waitFor();
    expect(await page.getByTestId("rule-row-member.name").getAttribute("data-worst")).toBeNull();
  });

  it("tells of half a “between” also while another condition lacks its value", async () => {
    const when = {
      all: [
        { field: "member.points", is: "between", value: [100] },
        { field: "member.visits", is: "gte" },
      ],
    };
    await open([{ id: "fork", kind: "if", config: { when } }]);
    await page.locator('.react-flow__node[data-id="fork"]').focus();
    await page.keyboard.press("Enter");
    for (const field of ["member.points", "member.visits"])
      await page.getByTestId(`rule-row-${field}`).getByTestId("rule-problem").waitFor();
  });

  it("takes both ends of “between” as they are typed", async () => {
    await open([{ id: "fork", kind: "if", config: { when: { field: "member.points", is: "between" } } }]);
    await page.locator('.react-flow__node[data-id="fork"]').focus();
    await page.keyboard.press("Enter");
    const [from, to] = [0, 1].map((i) => page.locator("[data-value] input").nth(i)) as [Locator, Locator];
    await from.fill("");
    await from.pressSequentially("100");
    expect(await to.inputValue()).toBe("");
    await page.getByTestId("rule-problem").waitFor();
    await to.pressSequentially("500");
    await page.getByTestId("rule-problem").waitFor({ state: "detached" });
    expect(await from.inputValue()).toBe("100");
    await from.fill("");
    expect(await to.inputValue()).toBe("500");
  });
});
