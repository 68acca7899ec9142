import type { JourneyDocument } from "@/core/journey/document";

/** A journey of about `size` steps: forks whose ways meet again, waits, tags and messages, one block below the other. */
export function bigDrawing(size: number): JourneyDocument {
  const nodes: JourneyDocument["nodes"] = [
    { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
  ];
  const edges: JourneyDocument["edges"] = [];
  let open = [{ from: "start", port: "next" }];
  for (let i = 0; nodes.length + 6 <= size; i++) {
    const id = (name: string) => `${name}-${i}`;
    const tag = (name: string) => ({ id: id(name), kind: "tag", config: { tag: `tag ${i % 40}`, action: "add" } });
    nodes.push(
      { id: id("fork"), kind: "if", config: { when: { field: "member.points", is: "gte", value: i } } },
      tag("rich"),
      tag("poor"),
      { id: id("mail"), kind: "send", config: { ...MAIL, content: { email: { en: mailOf(i) } } } },
      { id: id("pause"), kind: "delay", config: { for: "P1D" } },
      tag("seen"),
    );
    edges.push(
      ...open.map((way) => ({ ...way, to: id("fork") })),
      { from: id("fork"), port: "yes", to: id("rich") },
      { from: id("fork"), port: "no", to: id("poor") },
      { from: id("rich"), port: "next", to: id("mail") },
      { from: id("mail"), port: "next", to: id("seen") },
      { from: id("poor"), port: "next", to: id("pause") },
    );
    open = [
      { from: id("seen"), port: "next" },
      { from: id("pause"), port: "next" },
    ];
  }
  return {
    name: `${size} steps`,
    entry: "start",
    nodes,
    edges,
    settings: { reentry: { is: "after_end" }, priority: 0 },
  };
}

const MAIL = { channel: "email", purpose: "service", expiresAfter: "P2D" };
const mailOf = (i: number) => ({
  subject: `Mail ${i} for {{ member.name }}`,
  blocks: [{ kind: "text", text: "Hello" }],
});
