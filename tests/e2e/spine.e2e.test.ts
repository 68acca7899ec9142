import { Client, Connection } from "@temporalio/client";
import type { Locator } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { browser } from "../harness/browser";
import { database } from "../harness/database";
import { product } from "../harness/product";
import { shop } from "../harness/shop";
import { until } from "../harness/until";
import { type BigOrder, drawBigOrder } from "./draw-big-order";
import { Program } from "./program";
import { owner } from "./visitor";

const chrome = await browser();
const CODE = /\b[0-9A-HJ-NP-Z]{12}\b/;
const NAME = "A thank-you for a big order";

describe.skipIf(!chrome)(
  "the spine: drawn in a browser, fed by a program, read from the sandbox, redeemed at the till",
  async () => {
    if (!chrome) return;
    const { url } = await database();
    const { urls, settings } = await product(url);
    const tea = await shop();
    const program = new Program(urls.api, tea);
    const lin = { id: "lin-1", phone: "+8613800138001", email: "lin@example.com", code: "" };
    const ada = { id: "ada-2", phone: "+8613800138002", email: "ada@example.com", code: "", browser: "" };
    const visit = await owner(chrome, urls.console, tea);
    let journey: JourneyId;
    let nodes: BigOrder;

    const temporal = await Connection.connect({ address: settings.TEMPORAL_ADDRESS });
    afterAll(() => temporal.close());

    const runs = z.object({
      items: z.array(
        z.object({ id: z.string(), member: z.string(), memberName: z.string(), state: z.string(), node: z.string() }),
      ),
    });
    const runOf = async (name: string, state: string) =>
      until(
        async () =>
          runs
            .parse((await program.get(`/api/v1/runs?journey=${journey}`)).body)
            .items.find((run) => run.memberName === name && run.state === state),
        { deadline: 30_000, every: 100, what: `${name}'s run, ${state}` },
      );

    it("is drawn by mouse and keyboard, without a problem", async () => {
      const { page } = visit;
      await page.goto("/journeys");
      await page.getByTestId("new-journey").first().click();
      await page.getByTestId("new-blank").click();
      await page.locator('[data-testid="canvas"][data-ready]').waitFor();
      nodes = await drawBigOrder(page, NAME);
      await page.locator('[data-testid="problem-count"]:not([data-worst="error"])').waitFor();

      journey = page.url().split("/").at(-1) as JourneyId;
      const kept = await program.get(`/api/v1/journeys/${journey}`);
      const offers = await peek<{ id: string; name: string }>(
        sql`SELECT id, names ->> 'en' AS name FROM offer WHERE workspace_id = ${tea.workspace}`,
      );
      const offer = (name: string) => offers.find((one) => one.name === name)?.id;
      expect(kept.body).toMatchObject({ name: NAME, state: "draft", document: { entry: nodes.paid } });
      const { document } = z
        .object({
          document: z.object({
            nodes: z.array(z.object({ id: z.string(), kind: z.string(), config: z.record(z.string(), z.unknown()) })),
            edges: z.array(z.object({ from: z.string(), port: z.string(), to: z.string() })),
          }),
        })
        .parse(kept.body);
      const config = (id: string) => document.nodes.find((node) => node.id === id)?.config;
      expect(config(nodes.paid)).toEqual({
        event: "order_paid",
        when: { field: "event.amount", is: "gte", value: 10_000 },
      });
      expect(config(nodes.gold)).toEqual({ when: { field: "member.tier", is: "eq", value: "gold" } });
      expect(config(nodes.both)).toEqual({
        grants: [
          { is: "coupon", offer: offer("20 off 100, 30 days") },
          { is: "points", points: 100 },
        ],
      });
      expect(config(nodes.five)).toEqual({ grants: [{ is: "coupon", offer: offer("5 off") }] });
      expect(config(nodes.used)).toEqual({
        event: "coupon_redeemed",
        when: { field: "event.coupon_id", is: "eq", value: { field: "coupon.id" } },
        within: "P7D",
      });
      const wires = document.edges.map(({ from, port, to }) => `${from}.${port} → ${to}`);
      expect(wires.sort()).toEqual(
        [
          `${nodes.paid}.next → ${nodes.gold}`,
          `${nodes.gold}.yes → ${nodes.both}`,
          `${nodes.gold}.no → ${nodes.five}`,
          `${nodes.both}.granted → ${nodes.sms}`,
          `${nodes.five}.granted → ${nodes.sms}`,
          `${nodes.sms}.next → ${nodes.email}`,
          `${nodes.email}.next → ${nodes.used}`,
          `${nodes.used}.happened → ${nodes.user}`,
          `${nodes.used}.timeout → ${nodes.reminder}`,
          `${nodes.user}.next → ${nodes.end}`,
          `${nodes.reminder}.next → ${nodes.end}`,
        ].sort(),
      );
    });

    it("is published with the button, and stands in Temporal as a running workflow under its name", async () => {
      const { page } = visit;
      await page.getByTestId("publish").click();
      await page.getByTestId("publish-now").click();
      await page.getByTestId("version").getByText("v1").waitFor();
      const client = new Client({ connection: temporal, namespace: settings.TEMPORAL_NAMESPACE });
      // A journey's conductor begins with the first ring, which a publish is.
      const workflow = await until(
        async () => {
          const told = await client.workflow.getHandle(`journey/${journey}/0`).describe();
          return told.searchAttributes.RegularsJourney && told;
        },
        { deadline: 30_000, every: 200, what: "the journey's workflow" },
      );
      expect(workflow.status.name).toBe("RUNNING");
      expect(workflow.type).toBe(`journey: ${NAME}`);
      expect(workflow.searchAttributes).toMatchObject({
        RegularsJourney: [NAME],
        RegularsVersion: [1],
        RegularsState: ["live"],
      });
    });

    it("answers an order of a gold member by coupon and points, SMS and mail, and leaves a small order alone", async () => {
      const consent = { sms: true, email: true, push: true };
      const device = await program.subscription();
      ada.browser = device.endpoint;
      await program.tell((analytics) => {
        analytics.identify({
          userId: lin.id,
          traits: { name: "林夏", phone: lin.phone, email: lin.email, tier: "gold", locale: "zh-CN", consent },
        });
        analytics.identify({
          userId: ada.id,
          traits: { name: "Ada", phone: ada.phone, email: ada.email, locale: "en", consent, push_subscription: device },
        });
      });
      await program.tell((analytics) => {
        analytics.track({ userId: ada.id, event: "Order Completed", properties: { order_id: "A-0", total: 99.99 } });
        analytics.track({ userId: lin.id, event: "Order Completed", properties: { order_id: "L-1", total: 188 } });
      });
      const sms = await program.received("sms", lin.phone);
      expect(sms.text).toMatch(
        /^【A test shop】林夏，谢谢惠顾！满100减20，券码 [0-9A-HJ-NP-Z]{12}，有效期至\d{4}年\d{1,2}月\d{1,2}日。/,
      );
      lin.code = CODE.exec(sms.text ?? "")?.[0] ?? "";
      const mail = await program.received("email", lin.email);
      expect(mail).toMatchObject({
        subject: "A thank-you for your order, 林夏",
        html: expect.stringContaining(lin.code),
      });
      expect(mail.headers).toMatchObject({
        "list-unsubscribe": expect.stringContaining(`${urls.api}/u/`),
        "list-unsubscribe-post": "List-Unsubscribe=One-Click",
      });
      expect((await program.get(`/api/v1/coupons/${lin.code}`)).body).toMatchObject({
        state: "issued",
        names: { en: "20 off 100, 30 days", "zh-CN": "满100减20" },
      });
      const { member } = await runOf("林夏", "parked");
      expect((await program.get(`/api/v1/members/${member}`)).body).toMatchObject({
        points: { balance: 100 },
        tier: "gold",
      });
    });

    it("answers another member's order by the other coupon and no points", async () => {
      await program.tell((analytics) =>
        analytics.track({ userId: ada.id, event: "Order Completed", properties: { order_id: "A-1", total: 100 } }),
      );
      const sms = await program.received("sms", ada.phone);
      expect(sms.text).toMatch(
        /^【A test shop】Ada, thank you! 5 off: code [0-9A-HJ-NP-Z]{12}, valid until \d{1,2} [A-Z][a-z]+ \d{4}\./,
      );
      ada.code = CODE.exec(sms.text ?? "")?.[0] ?? "";
      await program.received("email", ada.email);
      const { member } = await runOf("Ada", "parked");
      expect((await program.get(`/api/v1/members/${member}`)).body).toMatchObject({
        points: { balance: 0 },
        tier: "basic",
      });
      expect(await program.inbox("sms", ada.phone)).toHaveLength(1);
    });

    it("shows the numbers live while a code is redeemed, which happens once", async () => {
      const { page } = visit;
      await page.getByTestId("mode").getByText("Live").click();
      const count = (node: string, part: string) => page.getByTestId(`count-${node}-${part}`);
      await count(nodes.used, "waiting").getByText("2", { exact: true }).waitFor();
      await count(nodes.both, "entered").getByText("1", { exact: true }).waitFor();
      await count(nodes.five, "entered").getByText("1", { exact: true }).waitFor();

      const till = { code: lin.code, amount: 12_000, store: tea.storeCode, orderRef: "T-1" };
      const redeemed = await program.post("/api/v1/redemptions/confirm", till, "T-1");
      expect(redeemed).toMatchObject({ status: 200, body: { discount: 2_000, state: "confirmed" } });
      // The same request again is answered as the first time; another one is refused.
      expect(await program.post("/api/v1/redemptions/confirm", till, "T-1")).toEqual(redeemed);
      expect(await program.post("/api/v1/redemptions/confirm", { ...till, orderRef: "T-2" }, "T-2")).toMatchObject({
        status: 409,
        body: { code: "coupon_redeemed" },
      });

      await count(nodes.used, "waiting").getByText("1", { exact: true }).waitFor();
      await count(nodes.used, "left").getByText("1", { exact: true }).waitFor();
      await count(nodes.user, "entered").getByText("1", { exact: true }).waitFor();
      await expect.poll(() => page.getByTestId("live-total").textContent()).toContain("Entered2On their way1");
    });

    it("tells on the run's page each step with its decision and reason", async () => {
      const { page } = visit;
      const { id } = await runOf("林夏", "exited");
      await page.goto(`/runs?journey=${journey}`);
      await page.getByRole("link", { name: "林夏" }).click();
      await page.waitForURL(`**/runs/${id}`);
      const way = page.getByRole("region", { name: "The way it went" });
      await expectText(way.getByRole("listitem").filter({ hasText: "Tier is Gold" }).first(), [
        "yes",
        "The conditions held.",
        "true",
      ]);
      await expectText(way.getByRole("listitem").filter({ hasText: "20 off 100, 30 days" }).first(), [
        lin.code,
        "100 points",
      ]);
      await expectText(way.getByRole("listitem").filter({ hasText: "Coupon redeemed" }).first(), ["happened"]);
    });

    it("tells on the member's page everything that happened", async () => {
      const { page } = visit;
      const { member } = await runOf("林夏", "exited");
      await page.goto(`/members/${member}`);
      const moments = page.getByRole("listitem");
      for (const text of ["Order paid", "20 off 100, 30 days", "100 points", lin.phone, lin.email, NAME])
        await moments.filter({ hasText: text }).first().waitFor();
      await page.getByText("coupon user").first().waitFor();
    });

    it("reminds the member who has not redeemed by web push when the time is up", async () => {
      const { id } = await runOf("Ada", "parked");
      // Seven days pass: the run falls due, as its conductor reads it.
      await engine(async (tx) => {
        await tx.run(sql`UPDATE run SET due_at = now() WHERE workspace_id = ${tea.workspace} AND id = ${id}`);
        await tx.run(
          sql`UPDATE conductor SET next_due = now() WHERE workspace_id = ${tea.workspace} AND subject = ${journey}`,
        );
      });
      expect(await program.received("push", ada.browser)).toMatchObject({
        title: "Your coupon waits",
        body: expect.stringMatching(/^5 off: until /),
      });
      expect((await runOf("Ada", "exited")).id).toBe(id);
    });

    it("shows in the sandbox's inbox what arrived", async () => {
      const { page } = visit;
      await page.goto(`/sandbox?of=${encodeURIComponent(lin.phone)}`);
      await page.getByRole("log", { name: "Phone" }).getByText(lin.code).waitFor();
      await page.goto(`/sandbox?of=${encodeURIComponent(lin.email)}`);
      await page.getByRole("button", { name: lin.email }).waitFor();
      await page.frameLocator("iframe").getByText(lin.code).first().waitFor();
    });

    it("sends no SMS to a member who replied STOP, and no mail to one who unsubscribed by the link", async () => {
      const { page } = visit;
      expect((await program.post("/sandbox/reply", { from: lin.phone, body: "退订" }, "stop-1")).status).toBeLessThan(
        300,
      );
      const mail = await program.received("email", ada.email);
      const link = /<(http[^>]+\/u\/[^>]+)>/.exec(mail.headers["list-unsubscribe"] ?? "")?.[1] ?? "";
      await page.goto(link);
      await page.getByRole("button", { name: "Unsubscribe" }).click();
      await page.getByRole("heading", { name: "You are unsubscribed" }).waitFor();
      const withdrawn = { isGranted: false, purpose: "marketing" };
      for (const [name, channel] of [
        ["林夏", "sms"],
        ["Ada", "email"],
      ] as const) {
        const { member } = await runOf(name, "exited");
        await expect
          .poll(async () => (await program.get(`/api/v1/members/${member}`)).body)
          .toMatchObject({ consents: expect.arrayContaining([expect.objectContaining({ ...withdrawn, channel })]) });
      }

      await program.tell((analytics) => {
        analytics.track({ userId: lin.id, event: "Order Completed", properties: { order_id: "L-2", total: 300 } });
        analytics.track({ userId: ada.id, event: "Order Completed", properties: { order_id: "A-2", total: 300 } });
      });
      await program.received("email", lin.email, 2);
      await program.received("sms", ada.phone, 2);
      const decided = await until(
        async () => {
          const rows = await peek<{ channel: string; state: string; reason: string | null; address: string }>(sql`
          SELECT m.channel, m.state, m.reason, b.name AS address FROM message m
          JOIN member b ON b.workspace_id = m.workspace_id AND b.id = m.member_id
          WHERE m.workspace_id = ${tea.workspace} AND m.state = 'skipped'`);
          return rows.length === 2 && rows;
        },
        { deadline: 20_000, every: 100, what: "two messages held back" },
      );
      expect(decided.map(({ address, channel }) => `${address}: ${channel}`).sort()).toEqual([
        "Ada: email",
        "林夏: sms",
      ]);
      expect(await program.inbox("sms", lin.phone)).toHaveLength(1);
      expect(await program.inbox("email", ada.email)).toHaveLength(1);
    });

    it("has made the browser complain of nothing", () => {
      expect(visit.complaints()).toEqual([]);
    });
  },
);

async function expectText(what: Locator, texts: string[]): Promise<void> {
  await what.waitFor();
  const text = await what.textContent();
  for (const one of texts) expect(text).toContain(one);
}
