import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { createJourney } from "@/services/journeys/drafting/create";
import { putJourney } from "@/services/journeys/drafting/put";
import { publishJourney } from "@/services/journeys/publishing/publish";
import { updateWorkspace } from "@/services/workspaces/update";
import { browser } from "../harness/browser";
import { runsOf } from "../harness/journey";
import { value } from "../harness/lifecycle";
import { until } from "../harness/until";
import { desk } from "./desk";
import { Drawing } from "./drawing";

const chrome = await browser();

const wait = (id: string, days: number) => ({ id, kind: "delay", title: id, config: { for: `P${days}D` } });
const tag = (id: string) => ({ id, kind: "tag", config: { tag: id, action: "add" } });
/** start → each of the steps, one after the other */
const line = (name: string, ...steps: { id: string }[]) => {
  const nodes = [{ id: "start", kind: "on-event", config: { event: "came", when: { all: [] } } }, ...steps];
  const edges = nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id, port: "next", to: id }));
  return { name, entry: "start", nodes, edges };
};

describe.skipIf(!chrome)("publishing what was shown, while others draw", async () => {
  if (!chrome) return;
  const { tea, program, page } = await desk(chrome, { roles: ["sandbox", "api", "worker", "console"] });

  const stored = async (journey: string) => {
    const [row] = await peek<{ revision: number; version: number | null }>(
      sql`SELECT revision, version FROM journey WHERE id = ${journey}`,
    );
    if (!row) throw new Error("no such journey");
    return row;
  };
  /** A colleague's save. */
  const save = async (journey: string, document: object) => {
    const { revision } = await stored(journey);
    value(await call(putJourney, tea.actor(), { journey, revision, document }));
  };
  /** Published as the first of the documents, and drawn on to the second. */
  const made = async (first: object, second: object): Promise<JourneyId> => {
    const { id } = value(await call(createJourney, tea.actor(), { document: first }));
    value(await call(publishJourney, tea.actor(), { journey: id }));
    await save(id, second);
    return id as JourneyId;
  };
  const open = async (on: Page, journey: string): Promise<Drawing> => {
    await on.goto(`/journeys/${journey}`);
    await on.locator('[data-testid="canvas"][data-shown]').waitFor();
    return new Drawing(on);
  };
  const diff = (text: string) => page.getByTestId("publish-diff").getByText(text).waitFor();
  const nodesOf = async (journey: string, version: number) => {
    const rows = await peek<{ document: unknown }>(
      sql`SELECT document FROM plan WHERE journey_id = ${journey} AND version = ${version}`,
    );
    const { nodes } = z.object({ nodes: z.array(z.object({ id: z.string() })) }).parse(rows[0]?.document);
    return nodes.map(({ id }) => id);
  };

  it("reads again, and says so, when a colleague adds a step while one looks", async () => {
    const journey = await made(line("added", wait("w", 1)), line("added", wait("w", 2)));
    await open(page, journey);
    await page.getByTestId("publish").click();
    await diff("0 added · 1 changed");
    await save(journey, line("added", wait("w", 30), tag("hers")));
    await page.getByTestId("publish-meanwhile").getByText("changed the journey meanwhile").waitFor();
    await diff("1 added · 1 changed");
    await page.getByTestId("publish-now").click();
    await page.getByText("Version 2 is live").waitFor();
    expect(await nodesOf(journey, 2)).toEqual(["start", "w", "hers"]);
  });

  it("publishes nothing that came after what was read, and asks again with those who wait at a step that is gone", async () => {
    const [first, second, last] = [wait("first", 1), wait("second", 1), wait("last", 1)];
    const journey = await made(line("gone", first, second, last), line("gone", wait("first", 2), second, last));
    await program.tell((analytics) => {
      for (let n = 0; n < 3; n++) analytics.track({ userId: crypto.randomUUID(), event: "came" });
    });
    await until(async () => (await runsOf(journey)).filter(({ state }) => state === "parked").length === 3, {
      what: "three who wait",
    });
    await open(page, journey);
    await page.getByTestId("publish").click();
    await diff("0 added · 1 changed");
    const fate = () => page.getByTestId("publish-moves").getByTestId("moves-first").getByRole("combobox");
    await fate().click();
    await page.getByRole("option", { name: "Leave the journey" }).click();
    // Nobody tells this window of the save before it asks to publish.
    await page.route("**/presence*", (route) => route.abort());
    await page.route(
      (at) => at.pathname.endsWith(`/journeys/${journey}`),
      (route) => route.abort(),
    );
    await save(journey, line("gone", second, last));
    await page.getByTestId("publish-now").click();
    await page.getByText("It was not published").waitFor();
    expect((await stored(journey)).version).toBe(1);
    await page.unrouteAll();
    await page.getByTestId("publish-meanwhile").waitFor({ timeout: 60_000 });
    await page.getByTestId("moves-first").getByText("3 wait").waitFor();
    await expect.poll(() => fate().inputValue()).toBe("Leave the journey");
    await page.getByTestId("publish-now").click();
    await page.getByText("Version 2 is live").waitFor();
    await until(async () => (await runsOf(journey)).every(({ state }) => state === "exited"), {
      what: "everybody gone as chosen",
    });
  });

  it("asks a second person for what was shown", async () => {
    await call(updateWorkspace, tea.actor(), { settings: { publishing: { approval: "always" } } });
    const { id: journey } = value(
      await call(createJourney, tea.actor(), { document: line("asked for", wait("w", 1)) }),
    );
    await open(page, journey);
    await page.getByTestId("publish").click();
    await page.getByTestId("publish-note").fill("One day");
    await save(journey, line("asked for", wait("w", 30)));
    await page.getByTestId("publish-meanwhile").waitFor();
    await page.getByTestId("ask-approval").click();
    await page.getByTestId("publish-dialog").waitFor({ state: "detached" });
    const asked = await peek(sql`SELECT revision, note FROM publish_request WHERE journey_id = ${journey}`);
    expect(asked).toEqual([{ revision: (await stored(journey)).revision, note: "One day" }]);
    await call(updateWorkspace, tea.actor(), { settings: { publishing: { approval: "never" } } });
  });

  it("publishes nothing while it cannot be read what that would do, and says so until it can", async () => {
    const journey = await made(line("unread", wait("w", 1)), line("unread", wait("w", 2)));
    await page.route("**/publish-preview", (route) => route.abort());
    await open(page, journey);
    await page.getByTestId("publish").click();
    await page.getByTestId("publish-unseen").getByText("could not be read").waitFor();
    expect(await page.getByTestId("publish-now").isDisabled()).toBe(true);
    // Nor does the comparison pass it off as nobody waiting.
    await page.keyboard.press("Escape");
    await page.getByTestId("mode").getByText("Compare", { exact: true }).click();
    await page.getByTestId("standing-unread").waitFor();
    await page.getByTestId("publish").click();
    await page.getByTestId("publish-unseen").waitFor();
    await page.unrouteAll();
    await page.getByTestId("publish-again").click();
    await diff("0 added · 1 changed");
    await page.getByTestId("publish-unseen").waitFor({ state: "detached" });
    await page.getByTestId("publish-now").click();
    await page.getByText("Version 2 is live").waitFor();
    // The drawing of an earlier version is that version again.
    await save(journey, line("unread", wait("w", 1)));
    await open(page, journey);
    await page.getByTestId("publish").click();
    await page.getByText("The drawing is the same as version 1").waitFor();
    await page.getByRole("dialog", { name: "Version 1 again" }).waitFor();
  });
});
