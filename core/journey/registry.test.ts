import { readdirSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";

import { gosOf } from "../plan/order";
import type { Step } from "../plan/step";
import { LOCALES } from "../text";
import { freshOf } from "./ask-kind";
import { bigOrder } from "./big-order-harness";
import type { JourneyDocument } from "./document";
import { effectKinds } from "./effects/registry";
import { journeySchema } from "./json-schema";
import { FIELD_TYPES, fieldsOf } from "./parts/field";
import { problems } from "./problems";
import { kindOf, NODE_KINDS, nodeKinds } from "./registry";

const here = (folder: string) =>
  readdirSync(new URL(`./${folder}`, import.meta.url))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -3))
    .sort();
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const UNCHOSEN: Record<string, string[]> = {
  reward: ["reward_empty"],
  send: ["content_missing"],
  "send-in-order": ["content_missing", "content_missing"],
};

it("knows every kind that has a file, by its file's name", () => {
  expect(here("kinds")).toEqual([...NODE_KINDS].sort());
  expect(here("effects")).toEqual(
    [...Object.keys(effectKinds).map(kebab), "alter", "effect", "effect-kind", "registry"].sort(),
  );
});

it("knows no kind by an inherited name", () => {
  expect(kindOf("toString")).toBeUndefined();
});

describe.each(NODE_KINDS)("the kind %s", (id) => {
  const kind = kindOf(id);
  if (!kind) throw new Error(id);

  it("begins with a config that fits", () => {
    expect(kind.config.parse(kind.initial)).toEqual(kind.initial);
  });

  it("declares every port that it compiles to, once, and leads nowhere else", () => {
    const ports = kind.ports(kind.initial).map((port) => port.id);
    expect(new Set(ports).size).toBe(ports.length);
    if (kind.family === "trigger") return;
    const steps: Record<string, Step> = kind.compile(kind.initial);
    const gos = Object.values(steps).flatMap(gosOf);
    expect(gos.flatMap((go) => ("step" in go ? [go.step] : [])).filter((step) => !(step in steps))).toEqual([]);
    expect([...new Set(gos.flatMap((go) => ("port" in go ? [go.port] : [])))].sort()).toEqual([...ports].sort());
    for (const local of Object.keys(steps)) expect(local).toMatch(/^[a-z_]+$/);
  });

  it("speaks both languages, with a value for every place in its line", () => {
    const line = kind.says(kind.initial);
    const ports = kind.ports(kind.initial).flatMap(({ name, about }) => (about ? [name, about] : [name]));
    const texts = [kind.name, kind.about, line.text, ...ports];
    for (const text of texts) for (const locale of LOCALES) expect(text[locale].trim()).not.toBe("");
    for (const locale of LOCALES)
      for (const [, name] of line.text[locale].matchAll(/\{(\w+)\}/g)) expect(line.values).toHaveProperty(name ?? "");
  });

  it("has a widget and both labels for every field of its config", () => {
    const fields = fieldsOf(kind.config);
    expect(fields.map(({ name }) => name).sort()).toEqual(Object.keys(kind.initial as object).sort());
    for (const { meta } of fields) {
      expect(FIELD_TYPES).toContain(meta.field);
      for (const locale of LOCALES) expect(meta.label[locale].trim()).not.toBe("");
      if (meta.field === "choice") expect(meta.options?.length).toBeGreaterThan(1);
    }
  });

  it("says of a fresh node what only its author can choose, each at its own field, and nothing of it is done before", () => {
    const blank = Object.keys(kind.blank ?? {});
    const trigger = { id: "t", kind: "on-event", config: { ...nodeKinds["on-event"].initial } };
    const draft: JourneyDocument = {
      name: "fresh",
      entry: "t",
      nodes: [trigger, { id: "n", kind: id, config: freshOf(id) }],
      edges: [{ from: "t", port: "next", to: "n" }],
      settings: { reentry: { is: "once" }, priority: 0 },
    };
    const missing = problems(draft).filter(({ code }) => code === "config_invalid");
    expect([...new Set(missing.map(({ path }) => path?.[0]))].sort()).toEqual(blank.sort());
    for (const { severity, says } of missing) {
      expect(severity).toBe("error");
      expect(says["zh-CN"]).toMatch(/\p{Script=Han}/u);
    }
  });

  it("reports of a fresh node nothing that would stop the author at once, but what only they can choose", () => {
    if (kind.family === "trigger") return;
    const trigger = { id: "t", kind: "on-event", config: { ...nodeKinds["on-event"].initial } };
    const fresh = { id: "n", kind: id, config: kind.initial as Record<string, unknown> };
    const draft: JourneyDocument = {
      name: "fresh",
      entry: "t",
      nodes: [trigger, fresh],
      edges: [{ from: "t", port: "next", to: "n" }],
      settings: { reentry: { is: "once" }, priority: 0 },
    };
    const stopping = problems(draft).filter(({ severity }) => severity === "error");
    // What a reward gives and what a message says is never chosen for its author; where a click can choose, the finding offers it.
    expect(stopping.map(({ code }) => code)).toEqual(UNCHOSEN[id] ?? []);
    for (const { fix } of stopping.filter(({ fix }) => fix)) {
      const mended = { ...fresh, config: { ...fresh.config, ...fix?.patch.config } };
      expect(problems({ ...draft, nodes: [trigger, mended] }).filter(({ severity }) => severity === "error")).toEqual(
        [],
      );
    }
  });
});

it("publishes a JSON Schema that takes the big order and refuses a config of another kind", () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(journeySchema());
  expect(validate(bigOrder)).toBe(true);
  const nodes = bigOrder.nodes.map((node) => (node.id === "user" ? { ...node, config: { for: "P1D" } } : node));
  expect(validate({ ...bigOrder, nodes })).toBe(false);
  const rule = bigOrder.nodes.map((node) =>
    node.id === "gold" ? { ...node, config: { when: { field: "member.tier", is: "is", value: 1 } } } : node,
  );
  expect(validate({ ...bigOrder, nodes: rule })).toBe(false);
}, 60_000);
