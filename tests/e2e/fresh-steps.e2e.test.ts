import { describe, expect, it } from "vitest";
import { z } from "zod";
import { peek, sql } from "@/platform/db";
import { browser } from "../harness/browser";
import { until } from "../harness/until";
import { desk } from "./desk";
import { Drawing } from "./drawing";

const chrome = await browser();
const Kept = z.object({
  id: z.string(),
  document: z.object({ nodes: z.array(z.object({ id: z.string(), kind: z.string(), config: z.unknown() })) }),
});
/** start → known, a tag that is in use nowhere else */
const DRAFT = {
  name: "Fresh",
  entry: "start",
  nodes: [
    { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "known", kind: "tag", config: { tag: "given here", action: "add" } },
  ],
  edges: [{ from: "start", port: "next", to: "known" }],
};

describe.skipIf(!chrome)("a new step", async () => {
  if (!chrome) return;
  const { tea, program, page } = await desk(chrome);

  it("does nothing that nobody chose: its tag is asked for, and a condition takes tags that the journey gives and new ones", async () => {
    // A tag of the workspace: the list of tags is not empty.
    await peek(sql`INSERT INTO tag (workspace_id, name) VALUES (${tea.workspace}, 'in use')`);
    const made = await program.post("/api/v1/journeys", { document: DRAFT }, crypto.randomUUID());
    const { id: journey } = Kept.parse(made.body);
    const kept = async () => Kept.parse((await program.get(`/api/v1/journeys/${journey}`)).body).document.nodes;
    await page.goto(`/journeys/${journey}`);
    await page.locator('[data-testid="canvas"][data-shown]').waitFor();
    const drawing = new Drawing(page);
    const tag = await drawing.type("tag", { node: "known", port: "next" });
    expect(await drawing.field("tag").getByLabel("Tag").inputValue()).toBe("");
    await drawing.saved();
    await page.getByTestId("publish").click();
    const dialog = page.getByTestId("publish-dialog");
    await dialog.getByText("1 problem blocks publishing").waitFor();
    await page.keyboard.press("Escape");
    await drawing.open(tag);
    await drawing.field("tag").getByLabel("Tag").fill("named");
    await page.keyboard.press("Escape");

    const fork = await drawing.drag("if", { node: tag, port: "next" });
    const row = await drawing.condition("tags", "member.tags");
    const value = row.locator("[data-value] input:not([type=hidden])").first();
    await value.click();
    await page.getByRole("option", { name: "given here" }).click();
    await value.fill("brand new");
    await value.press("Enter");
    await drawing.saved();
    await until(
      async () => JSON.stringify((await kept()).find(({ id }) => id === fork)?.config).includes("brand new"),
      { what: "the new tag in the rule" },
    );
    expect((await kept()).find(({ id }) => id === tag)?.config).toMatchObject({ tag: "named" });
  });
});
