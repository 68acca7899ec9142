import { describe, expect, it } from "vitest";
import { compile } from "../compile";
import { JourneyDocument } from "../document";
import { type Feed, feedOf } from "../feed";
import { problems } from "../problems";
import type { Context } from "./context";

const SEGMENT = "00000000-0000-7000-8000-0000000000aa";
const SENSITIVE: Context["sensitive"] = { tags: ["pregnant"], segments: { [SEGMENT]: ["pregnant"] } };
const J1 = "00000000-0000-7000-8000-000000000001";
const J2 = "00000000-0000-7000-8000-000000000002";
const J3 = "00000000-0000-7000-8000-000000000003";

const tagged = (tag: string, is = "contains") => ({ field: "member.tags", is, value: tag });
const on = (event: string, when: object = { all: [] }) => ({ kind: "on-event", config: { event, when } });
const called = { kind: "on-call", config: { when: { all: [] } } };
const promotion = {
  kind: "send",
  config: { channel: "sms", purpose: "marketing", content: { sms: { en: { text: "Formula" } } }, expiresAfter: "P1D" },
};
const service = { ...promotion, config: { ...promotion.config, purpose: "service" } };
const start = (journey: string) => ({ kind: "start-journey", config: { journey } });
const emit = (name: string) => ({ kind: "emit-event", config: { name, properties: [] } });
const tag = (name: string) => ({ kind: "tag", config: { tag: name, action: "add" } });

const drawn = (name: string, trigger: object, ...does: object[]): JourneyDocument =>
  JourneyDocument.parse({
    name,
    entry: "on",
    nodes: [{ id: "on", ...trigger }, ...does.map((node, i) => ({ id: `n${i}`, ...node }))],
    edges: does.map((_, i) => ({ from: i === 0 ? "on" : `n${i - 1}`, port: "next", to: `n${i}` })),
    settings: {},
  });
const live = (id: string, name: string, trigger: object, ...does: object[]): Feed =>
  feedOf(id, compile(drawn(name, trigger, ...does), { workspace: "w" as never, journey: id as never, version: 1 }));
const found = (document: JourneyDocument, neighbours: Feed[] = [], sensitive = SENSITIVE) =>
  problems(document, { self: J1, neighbours, ...(sensitive && { sensitive }) })
    .filter(({ code }) => code === "sensitive_tag_promotes")
    .map(({ node, severity, says }) => `${severity} ${node}: ${says.en}`);

const sought = on("order_paid", tagged("pregnant"));
const formula = live(J2, "Formula", called, promotion);

describe("a promotion to members found by a sensitive tag", () => {
  it.each<[string, object]>([
    ["by a rule", sought],
    [
      "by a list of tags",
      on("order_paid", { any: [tagged("vip"), { ...tagged("x", "in"), value: ["vip", "pregnant"] }] }),
    ],
    ["by not lacking it", on("order_paid", { not: tagged("pregnant", "not_contains") })],
    ["by a segment", { kind: "on-segment", config: { segment: SEGMENT, change: "entered", when: { all: [] } } }],
  ])("is told of where it stands: %s", (_, trigger) => {
    expect(found(drawn("Own", trigger, promotion))).toEqual([
      "warning n0: The journey finds members by the sensitive tag “pregnant”: no promotion is sent to those who carry it.",
    ]);
  });

  it.each<[string, JourneyDocument, Context["sensitive"]]>([
    ["a service message is no promotion", drawn("Own", sought, service), SENSITIVE],
    [
      "who lacks the tag may be promoted to",
      drawn("Own", on("order_paid", tagged("pregnant", "not_contains")), promotion),
      SENSITIVE,
    ],
    ["the same by not", drawn("Own", on("order_paid", { not: tagged("pregnant") }), promotion), SENSITIVE],
    ["the tag is not sensitive", drawn("Own", sought, promotion), { tags: ["other"], segments: {} }],
    ["words are no rules", drawn("Own", on("order_paid"), promotion, tag("pregnant")), SENSITIVE],
  ])("is nothing to tell where %s", (_, document, sensitive) => {
    expect(found(document, [], sensitive)).toEqual([]);
  });

  const led =
    "The journey finds members by the sensitive tag “pregnant”, and this step leads them to “Formula”, which promotes: no promotion may use a sensitive tag.";
  it.each<[string, object, Feed[]]>([
    ["a start", start(J2), [formula]],
    ["an event", emit("expecting"), [live(J2, "Formula", on("expecting"), promotion)]],
    ["a tag given for it", tag("family"), [live(J2, "Formula", on("order_paid", tagged("family")), promotion)]],
    [
      "a third journey",
      start(J3),
      [live(J3, "Between", called, emit("expecting")), live(J2, "Formula", on("expecting"), promotion)],
    ],
  ])("is told of the step that leads to it by %s", (_, step, neighbours) => {
    expect(found(drawn("Own", sought, step), neighbours)).toEqual([`warning n0: ${led}`]);
  });

  it("is told of in the journey that promotes, too", () => {
    const before = live(J2, "Expecting", sought, start(J1));
    expect(found(drawn("Own", called, promotion), [before])).toEqual([
      "warning n0: “Expecting” finds members by the sensitive tag “pregnant” and leads them here: no promotion may use a sensitive tag.",
    ]);
    expect(found(drawn("Own", on("order_paid"), promotion), [before])).toEqual([]);
  });

  it("goes no way that an event's properties bar", () => {
    const other = live(J2, "Formula", on("tag_added", { field: "event.tag", is: "eq", value: "gold" }), promotion);
    expect(found(drawn("Own", sought, tag("family")), [other])).toEqual([]);
  });
});
