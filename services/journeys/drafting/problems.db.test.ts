import { describe, expect, it } from "vitest";
import { engine, json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { value } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";
import { drawn, made, publish } from "../drawn-harness";
import { checkDocument, journeyProblems } from "./problems";

await database();

describe("problems", () => {
  it("tell of an offer of another workspace, and keep it from being published", async () => {
    const [own, other] = [await shop(), await shop()];
    const { id: journey } = await made(own, drawn(other));
    expect(
      value(await call(journeyProblems, own.actor(), { journey })).problems.map(({ code, node }) => `${code} ${node}`),
    ).toEqual(["offer_missing both", "offer_missing five"]);
    expect(await publish(own, journey)).toMatchObject({ ok: false, reason: "has_problems" });
    expect(await peek(sql`SELECT state, plan_id FROM journey WHERE id = ${journey}`)).toEqual([
      { state: "draft", plan_id: null },
    ]);
  });

  it("tell of an offer that is used up or over, by the workspace's own calendar", async () => {
    const own = await shop();
    const { id: journey } = await made(own, drawn(own));
    const codes = async () =>
      value(await call(journeyProblems, own.actor(), { journey })).problems.map(({ code, node }) => `${code} ${node}`);
    expect(await codes()).toEqual([]);
    await peek(sql`UPDATE offer_stock SET stock = 5, issued = 5 WHERE workspace_id = ${own.workspace}`);
    expect(await codes()).toEqual(["offer_spent both", "offer_spent five"]);
    await peek(sql`
      UPDATE offer SET terms = jsonb_set(terms, '{validity}', '{"is":"fixed","from":null,"until":"2020-01-31"}')
      WHERE workspace_id = ${own.workspace}`);
    expect(await codes()).toEqual(["offer_ended both", "offer_ended five"]);
  });

  it("tell of a name that a message is never given, and keep it from being published", async () => {
    const own = await shop();
    const document = JSON.parse(
      JSON.stringify(drawn(own)).replace('"text":"{{ coupon.code }}"', '"text":"Hi {{ oops }}"'),
    );
    const { id: journey } = await made(own, document);
    const { problems } = value(await call(journeyProblems, own.actor(), { journey }));
    expect(problems.filter(({ severity }) => severity === "error")).toMatchObject([
      { code: "sms_template", node: "sms", path: ["content", "sms", "en", "text"] },
    ]);
    expect(await publish(own, journey)).toMatchObject({ ok: false, reason: "has_problems" });
  });

  it("are found in a document that is stored nowhere, also in one without shape", async () => {
    const own = await shop();
    expect(value(await call(checkDocument, own.actor(), { document: drawn(own) }))).toEqual({
      problems: [],
      isPublishable: true,
    });
    expect(value(await call(checkDocument, own.actor(), { document: { name: 5 } })).problems[0]).toMatchObject({
      code: "document_invalid",
      path: ["name"],
    });
    expect(value(await call(checkDocument, own.actor(), { document: null })).isPublishable).toBe(false);
  });

  it("tell of a promotion to members of a segment within which another asks for a sensitive tag", async () => {
    const own = await shop();
    const [inner, outer] = [newId(), newId()];
    await engine(async (tx) => {
      await tx.run(sql`INSERT INTO tag (workspace_id, name, is_sensitive) VALUES (${own.workspace}, 'pregnant', true)`);
      for (const [id, rule] of [
        [inner, { field: "member.tags", is: "contains", value: "pregnant" }],
        [outer, { all: [{ segment: inner }] }],
      ] as const)
        await tx.run(sql`
          INSERT INTO segment (workspace_id, id, name, rule) VALUES (${own.workspace}, ${id}, ${id}, ${json(rule)})`);
    });
    const content = { sms: { en: { text: "Shop: new" }, "zh-CN": { text: "【店】新品" } } };
    const { id: journey } = await made(own, {
      name: "Formula",
      entry: "in",
      nodes: [
        { id: "in", kind: "on-segment", config: { segment: outer, change: "entered", when: { all: [] } } },
        { id: "sms", kind: "send", config: { channel: "sms", purpose: "marketing", content, expiresAfter: "P1D" } },
      ],
      edges: [{ from: "in", port: "next", to: "sms" }],
      settings: {},
    });
    expect(
      value(await call(journeyProblems, own.actor(), { journey })).problems.map(({ code, node }) => `${code} ${node}`),
    ).toEqual(["sensitive_tag_promotes sms"]);
  });

  it("tells while it is drawn that a webhook's address could never be called, and what would be right", async () => {
    const own = await shop();
    const hook = (url: string) => ({
      name: "Hook",
      entry: "t",
      nodes: [
        { id: "t", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
        { id: "hook", kind: "webhook", config: { url, method: "POST", headers: [], body: "", within: "PT1H" } },
      ],
      edges: [{ from: "t", port: "next", to: "hook" }],
      settings: {},
    });
    const told = async (url: string) => value(await call(checkDocument, own.actor(), { document: hook(url) }));
    const inside = await told("https://10.1.2.3/hook");
    expect(inside.isPublishable).toBe(false);
    expect(inside.problems[0]).toMatchObject({
      code: "webhook_barred",
      severity: "error",
      node: "hook",
      path: ["url"],
    });
    expect((await told("http://crm.shop.cn/hook")).problems[0]?.says["zh-CN"]).toContain("https://");
    expect((await told("https://crm.shop.cn/hook")).isPublishable).toBe(true);
  });
});

describe("templates that cannot be filled in", () => {
  it.each([
    [
      "a message's",
      {
        id: "x",
        kind: "send",
        config: {
          channel: "sms",
          purpose: "marketing",
          expiresAfter: "P2D",
          content: { sms: { en: { text: "Hi {{ member.name | nope }}" }, "zh-CN": { text: "好" } } },
        },
      },
      "content",
    ],
    [
      "a task's",
      {
        id: "x",
        kind: "staff-task",
        config: {
          title: "Call {{ member.name",
          instructions: "",
          role: "cashier",
          store: "any",
          severity: "normal",
          outcomes: [{ id: "done", name: "Done" }],
          within: "P2D",
          escalation: { is: "none" },
        },
      },
      "title",
    ],
  ])("are found before anybody is written to: %s", async (_whose, node, field) => {
    const own = await shop();
    const { id: journey } = await made(own, {
      name: "x",
      entry: "start",
      nodes: [{ id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } }, node],
      edges: [{ from: "start", port: "next", to: "x" }],
    });
    const { problems, isPublishable } = value(await call(journeyProblems, own.actor(), { journey }));
    expect(problems.find(({ code }) => code.endsWith("_template"))).toMatchObject({ node: "x", severity: "error" });
    expect(isPublishable).toBe(false);
    expect(await publish(own, journey)).toMatchObject({
      reason: "has_problems",
      path: expect.arrayContaining(["x", field]),
    });
  });
});
