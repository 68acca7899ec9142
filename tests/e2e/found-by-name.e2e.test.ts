import { describe, expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { createJourney } from "@/services/journeys/drafting/create";
import { createSegment } from "@/services/segments/segments";
import { closeStore } from "@/services/workspaces/stores";
import { browser } from "../harness/browser";
import { database } from "../harness/database";
import { value } from "../harness/lifecycle";
import { product } from "../harness/product";
import { shop } from "../harness/shop";
import { Drawing } from "./drawing";
import { owner } from "./visitor";

const chrome = await browser();
const NEWER = 230;

describe.skipIf(!chrome)("what there are more of than a list holds at once", async () => {
  if (!chrome) return;
  const { url } = await database();
  const { urls } = await product(url, ["api", "console"]);
  const tea = await shop();
  const { workspace, store } = tea;
  const rule = { all: [] };
  const { id: oldest } = value(await call(createSegment, tea.actor(), { name: "Founding members", rule }));
  const { id: second } = value(await call(createSegment, tea.actor(), { name: "Second oldest", rule }));
  await peek(sql`
    INSERT INTO segment (workspace_id, id, name, rule, created_at, updated_at)
    SELECT ${workspace}, gen_random_uuid(), 'Later ' || i, '{"all":[]}', now() + make_interval(secs => i), now() FROM generate_series(1, ${NEWER}::int) i`);
  await peek(sql`
    INSERT INTO store (workspace_id, id, merchant_id, code, name, created_at)
    SELECT workspace_id, gen_random_uuid(), merchant_id, 'A' || i, 'Branch ' || i, now() FROM store, generate_series(1, ${NEWER}::int) i
    WHERE workspace_id = ${workspace} AND id = ${store}`);
  await peek(sql`UPDATE store SET name = 'Z Riverside' WHERE workspace_id = ${workspace} AND code = 'A99'`);
  value(await call(closeStore, tea.actor(), { store }));
  const [{ name: closed } = { name: "" }] = await peek<{ name: string }>(
    sql`SELECT name FROM store WHERE workspace_id = ${workspace} AND id = ${store}`,
  );
  const { page } = await owner(chrome, urls.console, tea);

  it("is called by its name in a drawing, is never said to be gone, and is found by typing", async () => {
    const { id } = value(
      await call(createJourney, tea.actor(), {
        document: {
          name: "Names",
          entry: "begin",
          nodes: [
            { id: "begin", kind: "on-segment", config: { segment: oldest, change: "entered", when: { all: [] } } },
            { id: "if", kind: "if", config: { when: { field: "member.joined_store", is: "eq", value: store } } },
          ],
          edges: [{ from: "begin", port: "next", to: "if" }],
          settings: { reentry: { is: "always" } },
        },
      }),
    );
    await page.goto(`/journeys/${id}`);
    await page.locator('[data-testid="canvas"][data-shown]').waitFor();
    const drawing = new Drawing(page);
    await expect.poll(() => drawing.card("begin").textContent()).toContain("Founding members");
    await expect.poll(() => drawing.card("if").textContent()).toContain(closed);
    expect(await drawing.card("if").textContent()).not.toContain(store);

    await drawing.open("begin");
    const segment = drawing.inspector.getByTestId("segment-field");
    await expect.poll(() => segment.inputValue()).toBe("Founding members");
    await segment.fill("second old");
    await page.getByRole("option", { name: "Second oldest" }).click();
    await expect.poll(() => segment.inputValue()).toBe("Second oldest");
    await drawing.saved();

    await drawing.open("if");
    const joined = drawing.inspector.getByRole("combobox", { name: "Value" });
    await expect.poll(() => joined.inputValue()).toBe(`${closed} · Closed`);
    await joined.fill("riverside");
    await page.getByRole("option", { name: "Z Riverside" }).click();
    await drawing.saved();
    await expect.poll(() => drawing.card("if").textContent()).toContain("Z Riverside");
  });

  it("is called by its name in a filter", async () => {
    await page.goto(`/members?segment=${second}`);
    const filter = page.getByRole("combobox", { name: "Segment" });
    await expect.poll(() => filter.inputValue()).toBe("Second oldest");
    await filter.fill("founding");
    await page.getByRole("option", { name: "Founding members" }).click();
    await page.waitForURL((to) => to.searchParams.get("segment") === oldest);
    await page.context().close();
  });
});
