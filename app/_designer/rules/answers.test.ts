import { describe, expect, it } from "vitest";
import { renamed } from "@/core/journey/rename";
import { fieldAt } from "@/core/rules/fields";
import { FieldPath } from "@/core/rules/schema";
import { sayUnknown } from "@/services/messages/content/names";
import { variablesFor } from "../fields/messages/variables";
import { freshNode, kindOf } from "../kinds";
import { answering } from "./answers";
import { fieldsIn } from "./fields";

const nodes = [
  freshNode("survey", "ask", "en"),
  freshNode("staff-task", "call", "zh-CN"),
  freshNode("approval", "may", "en"),
  freshNode("tag", "t", "en"),
];
const answers = answering({ nodes }, ({ id }) => id);

describe("what came back to a run", () => {
  it("is offered to rules step by step, typed, with its choices", () => {
    const fields = fieldsIn({ answers }).filter(({ of }) => of === "answer");
    expect(fields.map(({ path, type }) => `${path} ${type}`)).toEqual([
      "answer.of.ask.rating count",
      "answer.of.ask.comment text",
      "answer.of.call.outcome text",
      "answer.of.call.note text",
      "answer.of.may.outcome text",
      "answer.of.may.note text",
    ]);
    expect(fields.find(({ path }) => path === "answer.of.call.outcome")?.options?.map(({ value }) => value)).toEqual([
      "done",
      "not_reached",
    ]);
    for (const { path } of fields) {
      expect(FieldPath.safeParse(path).success).toBe(true);
      expect(fieldAt(path)).toBeDefined();
    }
  });

  it("has the store, own attributes and own properties beside it in messages, each as its type is written", () => {
    const seen = {
      member: [{ path: "renews_on", types: [{ type: "date" as const, share: 1 }] }],
      event: [
        { path: "to.seats", types: [{ type: "number" as const, share: 1 }] },
        { path: "amount", types: [{ type: "number" as const, share: 1 }] },
        { path: "labels", types: [{ type: "list" as const, share: 1 }] },
      ],
    };
    const liquids = variablesFor({ event: "order_paid", seen }).map(({ liquid }) => liquid);
    expect(liquids).toEqual(
      expect.arrayContaining([
        "{{ member.attributes.renews_on | date }}",
        "{{ member.last_order_at | date }}",
        "{{ event.to.seats }}",
        "{{ store.name }}",
        "{{ merchant.name }}",
      ]),
    );
    expect(liquids.filter((liquid) => liquid.includes("event.amount"))).toEqual(["{{ event.amount | money }}"]);
    expect(liquids.some((liquid) => liquid.includes("labels"))).toBe(false);
    for (const liquid of liquids) {
      const path = liquid.slice(2, -2).split("|")[0]?.trim().split(".") ?? [];
      expect(sayUnknown(path), liquid).toBeUndefined();
    }
  });

  it("is offered to messages, and follows its step to a copy", () => {
    const rating = variablesFor({ answers }).find(({ liquid }) => liquid.includes("rating"));
    expect(rating).toMatchObject({ group: "answer", type: "number", liquid: "{{ answers.ask.rating }}" });
    const ids = new Map([["ask", "copy-1"]]);
    expect(renamed(`You gave ${rating?.liquid}`, ids)).toBe("You gave {{ answers.copy-1.rating }}");
    expect(renamed({ field: "answer.of.ask.rating", is: "gte", value: 4 }, ids)).toMatchObject({
      field: "answer.of.copy-1.rating",
    });
  });
});

describe("a new step", () => {
  it("speaks its reader's language where its kind knows both", () => {
    expect(freshNode("switch", "s", "en").config.cases).toMatchObject([{ name: "Gold" }, { name: "Silver" }]);
    expect(freshNode("switch", "s", "zh-CN").config.cases).toMatchObject([{ name: "金卡" }, { name: "银卡" }]);
    expect(freshNode("staff-task", "s", "zh-CN").config).toMatchObject({ title: "致电{{ member.name }}" });
    expect(freshNode("survey", "s", "en").config).toMatchObject({ title: "How was your visit?" });
  });

  it("is otherwise as its kind begins", () => {
    expect(freshNode("split", "s", "en").config).toEqual(kindOf("split")?.initial);
  });
});
