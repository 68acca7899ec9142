import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createOwner } from "@/services/access/create-owner";
import { call } from "@/services/access/use-case";
import { updateWorkspace } from "@/services/workspaces/update";
import { browser } from "../harness/browser";
import { until } from "../harness/until";
import { desk } from "./desk";
import { Drawing } from "./drawing";
import { visitor } from "./visitor";

const chrome = await browser();
const Kept = z.object({
  id: z.string(),
  revision: z.int(),
  version: z.int().nullable(),
  document: z.looseObject({ nodes: z.array(z.looseObject({ id: z.string() })) }),
});

/** start → wait → thanks */
const draft = (name: string) => ({
  name,
  entry: "start",
  nodes: [
    { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "wait", kind: "delay", config: { for: "P3D" } },
    { id: "thanks", kind: "tag", config: { tag: "thanked", action: "add" } },
  ],
  edges: [
    { from: "start", port: "next", to: "wait" },
    { from: "wait", port: "next", to: "thanks" },
  ],
});
/** A week instead of three days; the tag makes way for another. */
const changed = (name: string) => {
  const { nodes, ...rest } = draft(name);
  return {
    ...rest,
    nodes: [
      ...nodes.filter(({ id }) => id === "start"),
      { id: "wait", kind: "delay", config: { for: "P7D" } },
      { id: "loyal", kind: "tag", config: { tag: "loyal", action: "add" } },
    ],
    edges: [
      { from: "start", port: "next", to: "wait" },
      { from: "wait", port: "next", to: "loyal" },
    ],
  };
};

describe.skipIf(!chrome)("a journey's versions", async () => {
  if (!chrome) return;
  const { tea, program, page, urls } = await desk(chrome);
  const post = async (path: string, body: object) => {
    const answer = await program.post(`/api/v1${path}`, body, crypto.randomUUID());
    expect(answer).toMatchObject({ status: expect.toBeOneOf([200, 201]) });
    return answer.body;
  };
  const kept = async (journey: string) => Kept.parse((await program.get(`/api/v1/journeys/${journey}`)).body);
  const open = async (on: Page, journey: string): Promise<Drawing> => {
    await on.goto(`/journeys/${journey}`);
    await on.locator('[data-testid="canvas"][data-shown]').waitFor();
    return new Drawing(on);
  };
  const mode = (on: Page, name: string) => on.getByTestId("mode").getByText(name, { exact: true }).click();

  /** Published, and drawn on since by somebody at the canvas's API. */
  const made = async (name: string, isPublished = true): Promise<string> => {
    const { id } = Kept.parse(await post("/journeys", { document: draft(name) }));
    if (isPublished) await post(`/journeys/${id}/publish`, { note: "The first" });
    return id;
  };
  const drawOn = async (name: string, journey: string) => {
    const { revision } = await kept(journey);
    const saved = await program.put(`/api/v1/journeys/${journey}`, { document: changed(name), revision });
    expect(saved).toMatchObject({ status: 200 });
  };

  it("are compared on the canvas: what came, went and changed, and from what to what", async () => {
    const journey = await made("compared");
    await drawOn("compared", journey);
    await open(page, journey);
    await mode(page, "Compare");
    await page.getByTestId("mark-loyal").getByText("Added").waitFor();
    await page.getByTestId("mark-thanks").getByText("Removed").waitFor();
    await page.getByTestId("mark-wait").getByText("Changed").waitFor();
    expect(await page.getByTestId("palette").count()).toBe(0);
    // From one to the next, in the order of the list: what is gone comes first.
    await page.getByTestId("diff-next").click();
    await page.getByTestId("facts").getByText("This step is gone.").waitFor();
    await page.getByText("1 of 3 steps that differ").waitFor();
    await page.getByTestId("diff-wait").click();
    const fact = page.getByTestId("facts").getByTestId("fact-for");
    expect(await fact.locator("del").textContent()).toBe("3");
    expect(await fact.locator("ins").textContent()).toBe("7");
    // A link, or a reload, opens the same comparison.
    expect(new URL(page.url()).search).toBe("?mode=compare&from=1&to=draft");
    await page.reload();
    await page.getByTestId("mark-loyal").getByText("Added").waitFor();
    await page.getByTestId("diff-wait").click();
    await page.keyboard.press("Delete");
    await mode(page, "Edit");
    await page.getByTestId("node-thanks").waitFor({ state: "detached" });
    expect((await kept(journey)).document.nodes.map(({ id }) => id)).toEqual(["start", "wait", "loyal"]);
    await mode(page, "Compare");
    await page.getByTestId("publish").click();
    await page.getByTestId("publish-now").click();
    await until(async () => (await kept(journey)).version === 2, { what: "what was compared, published" });
  });

  it("are listed with who, why and what was said; one is read, and taken back as the draft by a step that undo takes back", async () => {
    const journey = await made("listed");
    await drawOn("listed", journey);
    const drawing = await open(page, journey);
    await page.getByTestId("version").click();
    const first = page.getByTestId("version-1");
    await first.getByText("The first").waitFor();
    await first.getByTestId("say-1").click();
    await page.keyboard.type("It worked");
    await page.keyboard.press("Control+Enter");
    await first.getByText("It worked").waitFor();
    await page.getByTestId("version-menu-1").click();
    await page.getByRole("menuitem", { name: "Open to read" }).click();
    await page.getByTestId("reading").waitFor();
    await page.getByTestId("node-thanks").click();
    await page.getByTestId("fact-tag").getByText("thanked").waitFor();
    await page.reload();
    await page.getByTestId("reading").getByText("Published").waitFor();
    await page.getByTestId("node-thanks").waitFor();
    await page.goto(`/journeys/${journey}?mode=version&version=9`);
    await page.getByTestId("reading").getByText("there is none").waitFor();
    await page.getByRole("button", { name: "Back to the draft" }).first().click();
    await page.getByTestId("node-loyal").waitFor();
    await page.getByTestId("version").click();
    await page.getByTestId("version-menu-1").click();
    await page.getByTestId("restore-1").click();
    await page.getByTestId("node-thanks").waitFor();
    await drawing.saved();
    await until(async () => (await kept(journey)).document.nodes.some(({ id }) => id === "thanks"), {
      what: "the version as the draft",
    });
    await page.getByTestId("canvas").focus();
    await page.keyboard.press("Control+z");
    await page.getByTestId("node-loyal").waitFor();
  });

  it("wait for a second person where the workspace asks for one: sent back with words, asked again, approved", async () => {
    await call(updateWorkspace, tea.actor(), { settings: { publishing: { approval: "always" } } });
    const journey = await made("asked for", false);
    const email = `ada-${crypto.randomUUID()}@example.com`;
    const { password } = await createOwner({ workspace: tea.workspace, email, name: "Ada" });
    const ada = await visitor(chrome, urls.console, { email, password: password ?? "" });
    const ask = async (note: string) => {
      await page.getByTestId("publish").click();
      await page.getByTestId("publish-note").fill(note);
      await page.getByTestId("ask-approval").click();
      await page.getByTestId("publish-dialog").waitFor({ state: "detached" });
    };
    await open(page, journey);
    await ask("Please look");
    await open(ada.page, journey);
    await ada.page.getByTestId("asked").waitFor();
    await ada.page.getByTestId("publish").click();
    await ada.page.getByTestId("request-open").getByText("Please look").waitFor();
    await ada.page.getByTestId("reject").click();
    await ada.page.getByLabel("What should be changed?").fill("Wait a week");
    await ada.page.getByTestId("reject-now").click();
    await ada.page.getByTestId("request-rejected").getByText("Wait a week").waitFor();
    await ada.page.keyboard.press("Escape");

    // Both windows hear of it by themselves.
    await page.getByTestId("asked").waitFor({ state: "detached" });
    await page.getByTestId("publish").click();
    await page.getByTestId("request-rejected").getByText("Wait a week").waitFor();
    await page.keyboard.press("Escape");
    await ask("Now?");
    await page.getByTestId("asked").getByText("Waits for approval").waitFor();
    await ada.page.getByTestId("asked").getByText("Approve or send back").waitFor();
    await ada.page.getByTestId("publish").click();
    await ada.page.getByTestId("approve").click();
    await until(async () => (await kept(journey)).version === 1, { what: "the approved version" });
    await page.getByTestId("version").getByText("v1").waitFor();
    await ada.page.getByTestId("version").click();
    await ada.page.getByTestId("version-1").getByText("Now?").waitFor();
    await ada.page.getByTestId("version-1").getByText("Published by Ada").waitFor();
    await ada.page.getByTestId("version-1").getByText("asked for by Lin Xia").waitFor();
    await ada.page.context().close();
    await call(updateWorkspace, tea.actor(), { settings: { publishing: { approval: "never" } } });
  });

  it.each(["light", "dark"] as const)("are fit for everyone in %s", async (colorScheme) => {
    const journey = await made(`judged ${colorScheme}`);
    await drawOn(`judged ${colorScheme}`, journey);
    await open(page, journey);
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    await mode(page, "Compare");
    await page.getByTestId("diff-wait").click();
    await page.getByTestId("facts").waitFor();
    const compared = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    await mode(page, "Live");
    await page.getByTestId("live-total").waitFor();
    await page.getByTestId("version").click();
    await page.getByTestId("version-1").waitFor();
    const listed = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = [...compared.violations, ...listed.violations].filter(
      ({ impact }) => impact === "serious" || impact === "critical",
    );
    expect(found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
  });
});
