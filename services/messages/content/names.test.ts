import { describe, expect, it } from "vitest";
import type { WorkspaceId } from "@/core/ids";
import { someone } from "@/core/members/someone-harness";
import { MessagingSettings } from "@/core/message/settings";
import { newId } from "@/platform/ids";
import { templateMistakes, templateProblems } from "./render";

import { scopeOf } from "./scope-of";

const templateMistake = (template: string) => templateMistakes(template)[0];

describe("a name that nothing is filled in for", () => {
  it.each([
    ["{{ oops }}", "“oops”", "Known are member, event"],
    ["Hi {{ membr.name }}", "“membr.name”", "Is “member.name” meant?"],
    ["Hi {{ member.naem | default: 'you' }}", "“member.naem”", "Is “member.name” meant?"],
    ["{% if tier == 'gold' %}Hi{% endif %}", "“tier”", "Is “member.tier” meant?"],
    ["{% if member.tier == gold %}Hi{% endif %}", "“gold”", "Known are"],
    ["{{ coupon['cod'] }}", "“coupon.cod”", "Is “coupon.code” meant?"],
    ["{{ links.coupon }}", "“links.coupon”", "links.unsubscribe, links.survey"],
    ["{{ toString.x }} ", "“toString.x”", "Known are"],
  ])("%s is told, with what may be meant", (template, name, meant) => {
    const says = templateMistake(template);
    expect(says?.en).toContain(name);
    expect(says?.en).toContain(meant);
    expect(says?.["zh-CN"]).toContain(name);
  });

  it.each([
    "{{ member.name }} {{ member.attributes.size_of_shoe }} {{ member.tags.size }}",
    "{{ event.anything }} {{ event.properties.total | money }} {{ event.name }}",
    "{{ coupons[0].code }} {% for c in coupons %}{{ c.code }} {{ forloop.index }}{% endfor %}",
    "{% assign first = member.name %}{{ first }} {% capture all %}x{% endcapture %}{{ all }}",
    "{{ answer.rating }} {{ answers.copy-1.rating }} {{ links.surveys.ask }} {{ links.unsubscribe }}",
    "{{ store.name }} {{ merchant.name }} {{ workspace.name }} {{ locale }}",
    "{{ 'now' | date }} {% if coupon and true != nil %}{% raw %}{{ oops }}{% endraw %}{% endif %}",
  ])("%s has none", (template) => {
    expect(templateMistake(template)).toBeUndefined();
  });

  it("is none of those that a message is given", () => {
    const store = { id: "s", code: "S1", name: "Bund", region: "East", merchant: "Qinghe" };
    const member = someone({ name: "Lin", tier: "gold" });
    const around = {
      workspace: {
        id: newId<WorkspaceId>(),
        name: "Qinghe",
        timeZone: "Asia/Shanghai",
        currency: "CNY",
        locale: "en",
      } as const,
      stores: new Map([["s", store]]),
      messaging: MessagingSettings.parse({}),
      sensitive: new Set<string>(),
    };
    const coupon = { id: "c", code: "C1", name: "20 off", expiresAt: 0 };
    const { timeZone, now, currency, ...given } = scopeOf(
      around,
      member,
      {
        channel: "sms",
        purpose: "marketing",
        variables: { ask: { order: 0, coupon, survey: "t", answer: { rating: 5 } } } as never,
        entry: { name: "order_paid", occurredAt: 0, properties: { store: "s" } } as never,
      },
      "en",
      new Date(),
    );
    const paths = Object.entries({ ...given, coupon: given.coupons[0] }).flatMap(([root, value]) =>
      typeof value === "object" && !Array.isArray(value)
        ? Object.keys(value).map((field) => `${root}.${field}`)
        : [root],
    );
    expect(paths).toContain("links.surveys");
    for (const path of paths) expect([path, templateMistake(`{{ ${path} }}`)]).toEqual([path, undefined]);
  });

  it("is found in every field of every channel, with its place", async () => {
    expect(await templateProblems("sms", { text: "{{ oops }}" })).toMatchObject([
      { path: ["text"], severity: "error" },
    ]);
    expect(await templateProblems("push", { title: "Hi", body: "{{ oops }}", url: "{{ urll }}" })).toMatchObject([
      { path: ["body"] },
      { path: ["url"] },
    ]);
    expect(
      await templateProblems("email", {
        subject: "{{ oops }}",
        blocks: [{ kind: "text", text: "{{ oops }}" }],
        mjml: "<mjml><mj-body><mj-section><mj-column><mj-text>{{ oops }}</mj-text></mj-column></mj-section></mj-body></mjml>",
      }),
    ).toMatchObject([{ path: ["subject"] }, { path: ["blocks", 0, "text"] }, { path: ["mjml"] }]);
  });
});
