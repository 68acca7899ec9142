import { describe, expect, it } from "vitest";
import { LOCALES } from "../../text";
import { OFFER } from "../big-order-harness";
import { compile } from "../compile";
import { JourneyDocument } from "../document";
import { type Feed, feedOf } from "../feed";
import { problems } from "../problems";

type Drawing = {
  on?: object;
  does: (object & { kind: string })[];
  reentry?: object;
  more?: object;
};
const on = (event: string, when: object = { all: [] }) => ({ kind: "on-event", config: { event, when } });
const is = (field: string, value: unknown) => ({ field: `event.${field}`, is: "eq", value });
const points = { kind: "reward", config: { grants: [{ is: "points", points: 5, reason: "" }] }, port: "granted" };
const coupon = { kind: "reward", config: { grants: [{ is: "coupon", offer: OFFER }] }, port: "granted" };
const tag = (name: string, action = "add") => ({ kind: "tag", config: { tag: name, action } });
const tier = (to: string, end: object = { is: "open" }) => ({
  kind: "change-tier",
  config: { tier: to, reason: "round", end },
});
const emit = (name: string) => ({ kind: "emit-event", config: { name, properties: [] } });
const start = (journey: string) => ({ kind: "start-journey", config: { journey } });
const sms = {
  kind: "send",
  config: {
    channel: "sms",
    purpose: "service",
    content: { sms: { "zh-CN": { text: "hi" } } },
    expiresAfter: "P1D",
  },
};
const day = { kind: "delay", config: { for: "P1D" } };
const steps = (change: object) => ({ kind: "set-attribute", config: { attribute: "steps", change } });
const gold = {
  kind: "if",
  config: { when: { field: "member.tier", is: "eq", value: "gold" } },
  port: "yes",
};

/** A drawing whose nodes stand in one line: n0, n1, … */
const drawn = (name: string, { on: trigger = on("order_paid"), does, reentry, more }: Drawing): JourneyDocument =>
  JourneyDocument.parse({
    name,
    entry: "on",
    nodes: [{ id: "on", ...trigger }, ...does.map(({ kind, ...node }, i) => ({ id: `n${i}`, kind, ...bare(node) }))],
    edges: does.map((_, i) => ({ from: i === 0 ? "on" : `n${i - 1}`, port: portOf(does[i - 1]), to: `n${i}` })),
    settings: { ...(reentry && { reentry }) },
    ...more,
  });
const bare = ({ port: _, ...node }: { port?: unknown }) => node;
const portOf = (node: object | undefined): string =>
  node && "port" in node && typeof node.port === "string" ? node.port : "next";

const ids = new Map<string, string>();
const idOf = (name: string): string => {
  const id = ids.get(name) ?? `00000000-0000-7000-8000-${String(ids.size + 1).padStart(12, "0")}`;
  ids.set(name, id);
  return id;
};
const live = (name: string, drawing: Drawing): Feed => {
  const plan = compile(drawn(name, drawing), { workspace: "w" as never, journey: idOf(name) as never, version: 1 });
  return feedOf(plan.journey, plan);
};
function found(drawing: Drawing, neighbours: Feed[] = []) {
  const all = problems(drawn("Own", drawing), { self: idOf("Own"), neighbours });
  expect(all.filter(({ code, severity }) => severity === "error" && code !== "feeds_itself")).toEqual([]);
  return all.filter(({ code }) => code === "feeds_itself");
}
const verdicts = (drawing: Drawing, neighbours: Feed[] = []) =>
  found(drawing, neighbours).map(({ severity, node }) => `${severity} ${node}`);

describe.each<[string, Drawing, Feed[], string[]]>([
  ["points for points earned", { on: on("points_earned"), does: [points] }, [], ["error n0"]],
  [
    "points for points, where the second are for another reason",
    { on: on("points_earned", { not: is("points", 5) }), does: [points] },
    [],
    [],
  ],
  [
    "points for points of a sum that only the event knows",
    { on: on("points_earned", is("balance", 7)), does: [points] },
    [],
    ["warning n0"],
  ],
  ["points for points, of gold members", { on: on("points_earned"), does: [gold, points] }, [], ["warning n1"]],
  ["points for points, once", { on: on("points_earned"), does: [points], reentry: { is: "once" } }, [], []],
  [
    "points for points, every ten days",
    { on: on("points_earned"), does: [points], reentry: { is: "every", days: 10 } },
    [],
    [],
  ],
  [
    "points for points, at most 100 members",
    { on: on("points_earned"), does: [points], more: { settings: { limits: { total: 100 } } } },
    [],
    ["warning n0"],
  ],
  [
    "points for points, while the run that gave them goes on",
    { on: on("points_earned"), does: [points, day, tag("a")] },
    [],
    [],
  ],
  [
    "the same, where the next may begin meanwhile",
    { on: on("points_earned"), does: [points, day, tag("a")], reentry: { is: "always" } },
    [],
    ["error n0"],
  ],
  ["points for points, a day later", { on: on("points_earned"), does: [day, points] }, [], ["warning n1"]],
  ["points for an order", { does: [points] }, [], []],
  ["a coupon for each coupon, whose stock may end", { on: on("coupon_issued"), does: [coupon] }, [], ["warning n0"]],
  ["a coupon for one that expired", { on: on("coupon_expired"), does: [coupon] }, [], ["warning n0"]],
  ["a message for each message delivered", { on: on("message_delivered"), does: [sms] }, [], ["warning n0"]],
  ["a tag for a tag, which is there the second time", { on: on("tag_added"), does: [tag("a")] }, [], []],
  ["a tag put on and off", { on: on("tag_added"), does: [tag("a"), tag("a", "remove")] }, [], ["error n0"]],
  ["gold for any tier", { on: on("tier_changed"), does: [tier("gold")] }, [], []],
  [
    "gold for seven days, for any tier",
    { on: on("tier_changed"), does: [tier("gold", { is: "after", duration: "P7D" })] },
    [],
    ["warning n0"],
  ],
  [
    "gold for silver, and silver for gold",
    { on: on("tier_changed", is("tier", "silver")), does: [tier("gold")] },
    [live("Back", { on: on("tier_changed", is("tier", "gold")), does: [tier("silver")] })],
    ["error n0"],
  ],
  [
    "gold for silver, and silver for platinum",
    { on: on("tier_changed", is("tier", "silver")), does: [tier("gold")] },
    [live("Back", { on: on("tier_changed", is("tier", "platinum")), does: [tier("silver")] })],
    [],
  ],
  ["an attribute that is set", { on: on("attribute_changed"), does: [steps({ is: "value", value: 1 })] }, [], []],
  [
    "an attribute that grows",
    { on: on("attribute_changed", is("attribute", "steps")), does: [steps({ is: "add", by: 1 })] },
    [],
    ["error n0"],
  ],
  ["an event of its own", { on: on("milestone"), does: [emit("milestone")] }, [], ["error n0"]],
  ["itself", { on: { kind: "on-call", config: { when: { all: [] } } }, does: [start(idOf("Own"))] }, [], ["error n0"]],
  [
    "three journeys in a round",
    { on: on("one"), does: [emit("two")] },
    [
      live("Second", { on: on("two"), does: [start(idOf("Third"))] }),
      live("Third", { on: { kind: "on-call", config: { when: { all: [] } } }, does: [tag("x"), emit("one")] }),
    ],
    ["error n0"],
  ],
  [
    "a round of others, into which it only leads",
    { does: [emit("two")] },
    [live("Second", { on: on("two"), does: [emit("three")] }), live("Third", { on: on("three"), does: [emit("two")] })],
    [],
  ],
])("%s", (_what, drawing, neighbours, wanted) => {
  it(wanted.length === 0 ? "comes to rest" : `is told: ${wanted.join(", ")}`, () => {
    expect(verdicts(drawing, neighbours)).toEqual(wanted);
  });
});

it("names the way in both languages", () => {
  const back = live("Back", { on: on("tier_changed", is("tier", "gold")), does: [tier("silver")] });
  const [problem] = found({ on: on("tier_changed", is("tier", "silver")), does: [tier("gold")] }, [back]);
  expect(problem?.says.en).toBe(
    "This step leads to “Tier changed”, which starts “Back”; that journey leads to “Tier changed”, which starts this journey again. Members would go round for ever: narrow what starts it, or let each member in once.",
  );
  expect(problem?.says["zh-CN"]).toBe(
    "此步骤引发“等级变更”，从而启动“Back”；后者引发“等级变更”，从而再次启动本旅程。会员会无休止地循环：请缩小触发条件，或让每位会员只进入一次。",
  );
  for (const locale of LOCALES) expect(problem?.says[locale]).not.toBe("");
});

it("looks at no more ways than it can in a moment, however many journeys feed each other", () => {
  const tags = Array.from({ length: 20 }, (_, i) => tag(`t${i}`));
  let looks = 0;
  const crowd = Array.from({ length: 300 }, (_, i) => {
    const feed = live(`Crowd ${i}`, { on: on("tag_added"), does: tags });
    return {
      ...feed,
      get tells() {
        looks += 1;
        return feed.tells;
      },
    };
  });
  expect(verdicts({ on: on("tag_added"), does: tags }, crowd)).toEqual([]);
  expect(verdicts({ does: [emit("round")] }, crowd)).toEqual([]);
  // Each journey once, to know who leads back; then each of the ways, of which there are more than grains of sand.
  expect(looks).toBeGreaterThan(300);
  expect(looks).toBeLessThanOrEqual(300 + 5_000);
});
