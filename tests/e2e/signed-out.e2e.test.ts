import { describe, expect, it } from "vitest";
import { z } from "zod";
import { peek, sql } from "@/platform/db";
import { createOwner } from "@/services/access/create-owner";
import { call } from "@/services/access/use-case";
import { archiveJourney } from "@/services/journeys/drafting/archive";
import { createJourney } from "@/services/journeys/drafting/create";
import { browser } from "../harness/browser";
import { value } from "../harness/lifecycle";
import { line, tagged } from "../harness/line";
import { until } from "../harness/until";
import { desk } from "./desk";
import { Drawing } from "./drawing";

const chrome = await browser();
const Kept = z.looseObject({ document: z.object({ nodes: z.array(z.looseObject({ title: z.string().optional() })) }) });

describe.skipIf(!chrome)("whoever draws while the session ends", async () => {
  if (!chrome) return;
  const { tea, program, page, password } = await desk(chrome);
  const sync = page.getByTestId("sync");
  const open = async () => {
    const { id } = value(await call(createJourney, tea.actor(), { document: line([tagged("a", "one")]) }));
    await page.goto(`/journeys/${id}`);
    await page.locator('[data-testid="canvas"][data-shown]').waitFor();
    const drawing = new Drawing(page);
    await drawing.open("a");
    return { id, drawing };
  };
  const endSessions = () => peek(sql`DELETE FROM session`);
  const lin = { email: `${tea.workspace}@example.com`, password };
  const signIn = async (on = page, as = lin) => {
    // The suite's sign-ins come from one address, more of them in a minute than may.
    await peek(sql`DELETE FROM sign_in_attempt`);
    await on.locator("input[name=email]").fill(as.email);
    await on.locator("input[name=password]").fill(as.password);
    await on.locator("button[type=submit]").click();
  };

  it("is told so and asked before the tab closes; a sign-in in another tab saves it", async () => {
    const { id, drawing } = await open();
    await endSessions();
    await drawing.inspector.getByLabel("Title").fill("Kept");
    await page.locator('[data-testid="sync"][data-state="refused"]').waitFor();
    expect(await sync.textContent()).toBe("Not saved: you are signed out. Sign in");
    expect(await sync.getByRole("link").getAttribute("href")).toBe(
      `/sign-in?to=${encodeURIComponent(`/journeys/${id}`)}`,
    );

    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe("beforeunload");
    await question.dismiss();

    const other = await page.context().newPage();
    await other.goto("/sign-in");
    await signIn(other);
    await other.waitForURL((to) => to.pathname === "/");
    await other.close();
    await page.bringToFront();
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await drawing.saved();
    const { document } = Kept.parse((await program.get(`/api/v1/journeys/${id}`)).body);
    expect(document.nodes.flatMap(({ title }) => title ?? [])).toEqual(["Kept"]);
  });

  it("is led back by the link, with the edits", async () => {
    const { id, drawing } = await open();
    await endSessions();
    await drawing.inspector.getByLabel("Title").fill("Brought along");
    await sync.getByRole("link").click();
    await page.waitForURL((to) => to.pathname === "/sign-in");
    await signIn();
    await page.waitForURL((to) => to.pathname === `/journeys/${id}`);
    await page.getByTestId("node-a").getByText("Brought along").waitFor();
    await drawing.saved();
  });

  it("is never saved under the name of whoever signed in since, reads who that is, and goes on once signed in again", async () => {
    const email = `bo-${crypto.randomUUID()}@example.com`;
    const { password: theirs } = await createOwner({ workspace: tea.workspace, email, name: "Bo" });
    const { id, drawing } = await open();
    const stored = async () => Kept.parse((await program.get(`/api/v1/journeys/${id}`)).body);
    const before = await stored();
    await endSessions();
    const other = await page.context().newPage();
    await other.goto("/sign-in");
    await signIn(other, { email, password: theirs ?? "" });
    await other.waitForURL((to) => to.pathname === "/");
    await other.close();

    await drawing.inspector.getByLabel("Title").fill("Lin's own");
    await page.locator('[data-testid="sync"][data-state="refused"]').waitFor();
    expect(await sync.textContent()).toBe(
      "Not saved: Bo is signed in now: sign in again to do this as yourself Sign in",
    );
    expect(await stored()).toEqual(before);

    await sync.getByRole("link").click();
    await page.waitForURL((to) => to.pathname === "/sign-in");
    await signIn();
    await page.waitForURL((to) => to.pathname === `/journeys/${id}`);
    await page.getByTestId("node-a").getByText("Lin's own").waitFor();
    await drawing.saved();
    expect((await stored()).saved).toMatchObject({ by: "Lin Xia" });
  });

  it("reads on a list that the session is over, with the way back", async () => {
    await page.goto("/offers");
    const search = page.getByRole("searchbox").first();
    await search.waitFor();
    await endSessions();
    await until(
      async () => {
        // Asked for each time, as a list asks once the typing pauses.
        await search.fill(`${await search.inputValue()}a`);
        return page.getByTestId("sign-in-again").isVisible();
      },
      { what: "the way back", every: 500 },
    );
    expect(await page.getByText("Authorization").count()).toBe(0);
    await page.getByTestId("sign-in-again").click();
    await signIn();
    await page.waitForURL((to) => to.pathname === "/offers");
  });

  it("reads that the sign-out did not come through, and stays", async () => {
    await page.goto("/offers");
    const door = (at: URL) => at.pathname === "/api/auth/sign-out";
    await page.route(door, (route) => route.abort());
    const leave = async () => {
      await page.getByRole("button", { name: "Account of Lin Xia" }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
    };
    await leave();
    await page.getByText("You are still signed in").waitFor();
    expect(new URL(page.url()).pathname).toBe("/offers");
    await page.unroute(door);
    await leave();
    await page.waitForURL((to) => to.pathname === "/sign-in");
    await signIn();
    await page.waitForURL((to) => to.pathname === "/");
  });

  it("only looks at what somebody archives meanwhile, and reads why it was not saved", async () => {
    const { id, drawing } = await open();
    await page.route(
      (at) => at.pathname.includes(`/journeys/${id}/presence`),
      (route) => route.abort(),
    );
    value(await call(archiveJourney, tea.actor(), { journey: id }));
    await drawing.inspector.getByLabel("Title").fill("Too late");
    await page.locator('[data-testid="sync"][data-state="refused"]').waitFor();
    expect(await sync.textContent()).toContain("this journey was archived meanwhile");
    await page.getByTestId("palette").waitFor({ state: "detached" });
    await page.context().close();
  });
});
