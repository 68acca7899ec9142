import type { JourneyId } from "@/core/ids";

/** What keeps members of `manyKinds` and of the journeys beside it on their way. */
export const PAUSE_S = 2;
/** How often a member goes round the loop of `called`. */
export const LAPS = 3;

const ANYONE = { all: [] };
const tag = (id: string, name: string) => ({ id, kind: "tag", config: { action: "add", tag: name } });
const settings = {};

/** Draw, attribute, webhook, an event of our own, another journey, a race of an event with the clock, a task nobody takes, a goal. */
export const manyKinds = (hook: string, called: JourneyId) => ({
  name: "Every kind under faults",
  entry: "paid",
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: ANYONE } },
    {
      id: "draw",
      kind: "split",
      config: {
        variants: [
          { id: "a", name: "A", weight: 50 },
          { id: "b", name: "B", weight: 50 },
        ],
      },
    },
    { id: "count", kind: "set-attribute", config: { attribute: "drawn_a", change: { is: "add", by: 1 } } },
    { id: "hook", kind: "webhook", config: { url: hook, method: "POST", headers: [], body: "", within: "PT1H" } },
    { id: "emit", kind: "emit-event", config: { name: "thanked", properties: [] } },
    { id: "start", kind: "start-journey", config: { journey: called } },
    {
      id: "race",
      kind: "wait-first",
      config: { events: [{ id: "seen", event: "page_viewed", when: ANYONE }], within: `PT${PAUSE_S}S` },
    },
    {
      id: "task",
      kind: "staff-task",
      config: {
        title: "Call {{ member.name }}",
        instructions: "",
        role: "store_manager",
        store: "any",
        severity: "normal",
        outcomes: [{ id: "done", name: "Done" }],
        within: `PT${PAUSE_S}S`,
        escalation: { is: "none" },
      },
    },
    { id: "goal", kind: "goal", config: {} },
  ],
  edges: [
    { from: "paid", port: "next", to: "draw" },
    { from: "draw", port: "a", to: "count" },
    { from: "draw", port: "b", to: "hook" },
    { from: "count", port: "next", to: "hook" },
    { from: "hook", port: "done", to: "emit" },
    { from: "emit", port: "next", to: "start" },
    { from: "start", port: "next", to: "race" },
    { from: "race", port: "seen", to: "task" },
    { from: "race", port: "timeout", to: "task" },
    { from: "task", port: "timeout", to: "goal" },
  ],
  settings,
});

/** A loop: ten points a lap, and a wait. */
export const called = {
  name: "Called under faults",
  entry: "called",
  nodes: [
    { id: "called", kind: "on-call", config: { when: ANYONE } },
    { id: "points", kind: "reward", config: { grants: [{ is: "points", points: 10 }] } },
    { id: "wait", kind: "delay", config: { for: "PT1S" } },
    { id: "enough", kind: "if", config: { when: { field: "member.points", is: "gte", value: 10 * LAPS } } },
    tag("tag", "went round"),
  ],
  edges: [
    { from: "called", port: "next", to: "points" },
    { from: "points", port: "granted", to: "wait" },
    { from: "wait", port: "next", to: "enough" },
    { from: "enough", port: "no", to: "points" },
    { from: "enough", port: "yes", to: "tag" },
  ],
  settings,
};

/** Begins by what another journey says. */
export const heard = {
  name: "Heard under faults",
  entry: "heard",
  nodes: [{ id: "heard", kind: "on-event", config: { event: "thanked", when: ANYONE } }, tag("tag", "heard")],
  edges: [{ from: "heard", port: "next", to: "tag" }],
  settings,
};

/** Begins when a member comes into a segment; `existing`: for those who are in it already, now. */
export const inSegment = (segment: string, name: string, { existing = false } = {}) => ({
  name: `In a segment: ${name}`,
  entry: "in",
  nodes: [{ id: "in", kind: "on-segment", config: { segment, change: "entered", when: ANYONE } }, tag("tag", name)],
  edges: [{ from: "in", port: "next", to: "tag" }],
  settings: existing ? { existing: { is: "now" } } : settings,
});

/** Begins on the member's birthday, by their clocks. */
export const onBirthday = (time: string) => ({
  name: "Birthday under faults",
  entry: "born",
  nodes: [
    {
      id: "born",
      kind: "on-date",
      config: { date: "member.birthday", returns: "yearly", days: 0, time, leapDay: "feb28", when: ANYONE },
    },
    tag("tag", "born today"),
  ],
  edges: [{ from: "born", port: "next", to: "tag" }],
  settings,
});

/** To every member, a page at a time. */
export const toAll = (name: string) => ({
  name: `To all: ${name}`,
  entry: "all",
  nodes: [
    { id: "all", kind: "on-broadcast", config: { at: "", segment: "", when: ANYONE, perMinute: 0 } },
    tag("tag", name),
  ],
  edges: [{ from: "all", port: "next", to: "tag" }],
  settings,
});
