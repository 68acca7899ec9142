import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { JourneyId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { moveRun } from "@/services/engine/operations/one";
import { createJourney } from "@/services/journeys/drafting/create";
import { putJourney } from "@/services/journeys/drafting/put";
import { pauseItself } from "@/services/journeys/operating/pause-itself";
import { publishJourney } from "@/services/journeys/publishing/publish";
import { browser } from "../harness/browser";
import { runsOf } from "../harness/journey";
import { value } from "../harness/lifecycle";
import { until } from "../harness/until";
import { desk } from "./desk";
import { Drawing } from "./drawing";

const chrome = await browser();

const START = { id: "start", kind: "on-event", config: { event: "came", when: { all: [] } } };
const wait = (id: string, title: string) => ({ id, kind: "delay", config: { for: "P1D" }, title });
const tag = (id: string) => ({ id, kind: "tag", config: { tag: id, action: "add" } });
const line = (name: string, ...nodes: object[]) => {
  const all = [START, ...nodes] as { id: string }[];
  return {
    name,
    entry: "start",
    nodes: all,
    edges: all.slice(1).map(({ id }, i) => ({ from: all[i]?.id, port: "next", to: id })),
  };
};

/** How somebody comes to a thing and uses it: by the mouse, or by keys alone, from wherever the focus is. */
type Hand = {
  /** The focus is on it. */
  reach(what: Locator): Promise<void>;
  press(what: Locator): Promise<void>;
  /** Chooses one of a list that opens. */
  choose(list: Locator, option: string): Promise<void>;
};

function mouse(page: Page): Hand {
  return {
    reach: (what) => what.click(),
    press: (what) => what.click(),
    async choose(list, option) {
      await list.click();
      await page.getByRole("option", { name: option }).click();
    },
  };
}

function keys(page: Page): Hand {
  const isOn = (what: Locator) => what.evaluate((element) => element.contains(document.activeElement));
  const walkTo = async (what: Locator) => {
    await what.waitFor();
    await until(
      async () => {
        if (await isOn(what)) return true;
        await page.keyboard.press("Tab");
        return isOn(what);
      },
      { every: 1, deadline: 60_000, what: `the focus on ${what}` },
    );
  };
  return {
    reach: walkTo,
    async press(what) {
      await walkTo(what);
      await page.keyboard.press("Enter");
    },
    async choose(list, option) {
      await walkTo(list);
      const wanted = page.getByRole("option", { name: option });
      await page.keyboard.press("ArrowDown");
      await wanted.waitFor();
      await until(
        async () => {
          if ((await wanted.getAttribute("data-combobox-selected")) !== null) return true;
          await page.keyboard.press("ArrowDown");
          return false;
        },
        { every: 20, what: option },
      );
      await page.keyboard.press("Enter");
    },
  };
}

const HANDS = [
  { by: "mouse", hand: mouse },
  { by: "keyboard alone", hand: keys },
] as const;

describe.skipIf(!chrome)("what went wrong, and what changes under way", async () => {
  if (!chrome) return;
  const { tea, program, page, complaints } = await desk(chrome, { roles: ["sandbox", "api", "worker", "console"] });

  const make = async (document: object) => value(await call(createJourney, tea.actor(), { document })).id as JourneyId;
  const open = async (on: Page, journey: string): Promise<Drawing> => {
    await on.goto(`/journeys/${journey}`);
    await on.locator('[data-testid="canvas"][data-shown]').waitFor();
    return new Drawing(on);
  };
  /** Members of their own come in and wait. */
  const enter = async (journey: JourneyId, count: number) => {
    await program.tell((analytics) => {
      for (let n = 0; n < count; n++) analytics.track({ userId: crypto.randomUUID(), event: "came" });
    });
    return until(
      async () => {
        const runs = (await runsOf(journey)).filter(({ state }) => state === "parked");
        return runs.length === count && runs;
      },
      { deadline: 30_000, what: "all who wait" },
    );
  };

  it.each(HANDS)(
    "a broken step is found by its problem, blocks publishing meanwhile, and is mended and published by $by",
    {
      timeout: 120_000,
    },
    async ({ by, hand }) => {
      const { press, reach } = hand(page);
      const drawing = await open(page, await make(line(`broken by ${by}`, wait("pause", "Pause"), tag("thanks"))));
      const field = drawing.field("tag").getByRole("textbox").or(drawing.field("tag").getByRole("combobox")).first();
      if (by === "mouse") await drawing.open("thanks");
      else await press(page.locator('.react-flow__node[data-id="thanks"]'));
      await reach(field);
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Delete");
      await page.locator('[data-testid="problem-count"][data-worst="error"]').waitFor();
      await drawing.saved();

      await press(page.getByTestId("publish"));
      const dialog = page.getByRole("dialog");
      await dialog.getByText("1 problem blocks publishing").waitFor();
      expect(await dialog.getByTestId("publish-now").count()).toBe(0);
      await press(dialog.getByTestId(/^blocks-/));
      await until(() => field.evaluate((input) => input === document.activeElement), {
        what: "the field that is wrong",
      });
      await page.keyboard.type("mended");
      await page.locator('[data-testid="problem-count"]:not([data-worst="error"])').waitFor();
      await drawing.saved();
      await press(page.getByTestId("publish"));
      await press(dialog.getByTestId("publish-now"));
      await page.getByText("Version 1 is live").waitFor();
      await page.getByTestId("version").getByText("v1").waitFor();
    },
  );

  it("a journey that paused itself says why where it is drawn and in the list, until it goes on", async () => {
    const journey = await make(line("paused itself", wait("pause", "Pause"), tag("thanks")));
    value(await call(publishJourney, tea.actor(), { journey }));
    await pauseItself(tea.workspace, journey, "9 of the last 12 runs failed: its member is missing");
    const says = "It paused itself: 9 of the last 12 runs failed. The member is missing.";
    await page.goto("/journeys?q=paused");
    await page.getByRole("region", { name: "Journeys" }).getByText(says).waitFor();
    await open(page, journey);
    const note = page.getByTestId("paused-note");
    await note.getByText(says).waitFor();
    expect(await note.getByRole("link").getAttribute("href")).toBe(`/runs?journey=${journey}&state=failed`);
    await page.getByTestId("resume").click();
    await note.waitFor({ state: "detached" });
  });

  it.each(HANDS)(
    "members who wait go where whoever publishes sends them, chosen by $by",
    {
      timeout: 120_000,
    },
    async ({ by, hand }) => {
      const { press, choose } = hand(page);
      const name = `moves by ${by}`;
      const [first, second, third] = [wait("first", "First"), wait("second", "Second"), wait("third", "Third")];
      const journey = await make(line(name, first, second, third));
      value(await call(publishJourney, tea.actor(), { journey }));
      const [one, two, three] = await enter(journey, 3);
      for (const [run, to] of [
        [two, "second"],
        [three, "third"],
      ] as const)
        value(await call(moveRun, tea.actor("ops"), { run: run?.id, to }));
      await until(async () => (await runsOf(journey)).every(({ state }) => state === "parked"), {
        what: "all at rest",
      });
      const [row] = await peek<{ revision: number }>(sql`SELECT revision FROM journey WHERE id = ${journey}`);
      const document = line(name, { ...first, config: { for: "P2D" } }, second, third, wait("fourth", "Fourth"));
      value(await call(putJourney, tea.actor(), { journey, revision: row?.revision, document }));

      await open(page, journey);
      await press(page.getByTestId("publish"));
      const moves = page.getByTestId("publish-moves");
      const fate = (node: string) => moves.getByTestId(`moves-${node}`).getByRole("combobox");
      await choose(fate("first"), "Finish version 1");
      await choose(fate("second"), "Leave the journey");
      await choose(fate("third"), "Go on at: Fourth");
      await press(page.getByTestId("publish-now"));
      await page.getByText("Version 2 is live").waitFor();
      const stands = async () => {
        const rows = await peek<{ id: string; at: string }>(sql`
        SELECT r.id, r.state || ' ' || split_part(r.step, '.', 1) || ' v' || p.version AS at
        FROM run r JOIN plan p ON p.id = r.plan_id WHERE r.journey_id = ${journey}`);
        return [one, two, three].map((run) => rows.find(({ id }) => id === run?.id)?.at);
      };
      await until(async () => (await stands()).join() === "parked first v1,exited second v1,parked fourth v2", {
        deadline: 30_000,
        what: `everybody where they were sent, not ${await stands()}`,
      });
    },
  );

  it.each(HANDS)(
    "a failed run is found from home and tried again by $by",
    { timeout: 120_000 },
    async ({ by, hand }) => {
      const { press } = hand(page);
      const journey = await make(line(`fails for ${by}`, wait("pause", "Pause"), tag("thanks")));
      value(await call(publishJourney, tea.actor(), { journey }));
      const [run] = await enter(journey, 1);
      // The engine lets it fail: its time is up, and where it stands there is no step. A retry finds it there again.
      await engine(async (tx) => {
        await tx.run(sql`UPDATE run SET step = 'gone.start', due_at = now() WHERE id = ${run?.id}`);
        await tx.run(sql`UPDATE conductor SET next_due = now() WHERE subject = ${journey}`);
      });
      const state = async () => (await runsOf(journey))[0]?.state;
      await until(async () => (await state()) === "failed", { deadline: 60_000, what: "the failed run" });
      await engine((tx) => tx.run(sql`UPDATE run SET step = 'pause.start' WHERE id = ${run?.id}`));

      await page.goto("/");
      await press(page.getByRole("link", { name: /^1 run failed/ }));
      await page.waitForURL((at) => at.pathname === "/runs" && at.searchParams.get("state") === "failed");
      await press(page.locator("tbody").getByRole("link").filter({ visible: true }).first());
      await page.waitForURL((at) => at.pathname === `/runs/${run?.id}`);
      await press(page.getByTestId("run-retry"));
      await page.getByTestId("run-retry").waitFor({ state: "detached" });
      await until(async () => (await state()) === "done", { deadline: 60_000, what: "the run at its end" });
      expect(await peek(sql`SELECT tag FROM member_tag WHERE member_id = ${run?.member}`)).toEqual([{ tag: "thanks" }]);
    },
  );

  it("nothing of it makes the browser complain", () => {
    expect(complaints()).toEqual([]);
  });
});
