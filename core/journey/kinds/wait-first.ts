import { z } from "zod";
import type { Text } from "../../text";
import type { JourneyDocument } from "../document";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { atMost } from "../parts/waits/at-most";
import { eventPart } from "../parts/waits/event";
import { hopelessWays } from "../parts/waits/hopeless-ways";
import { partOf, TIMEOUT, Way, wayName } from "../parts/waits/way";
import type { Problem } from "../problem";

const Config = z.strictObject({
  events: field(
    z
      .array(Way)
      .min(1, "needs at least one thing to wait for")
      .max(10)
      .refine((ways) => new Set(ways.map(({ id }) => id)).size === ways.length, "two ways share an id"),
    {
      field: "ways",
      label: { en: "Whichever comes first", "zh-CN": "最先到来的一件" },
      help: {
        en: "Each has a way of its own. When one event fits several, the upper one is taken; what holds or has come already is passed at once, a date that is missing never comes.",
        "zh-CN":
          "每件各有一条路；同一事件符合多条时，取靠上的一条。已经成立或已经到来的立即通过；没有的日期永远不会到来。",
      },
    },
  ),
  within: field(atMost.optional(), {
    field: "duration",
    label: { en: "At most", "zh-CN": "最多等待" },
    none: { en: "as long as it takes", "zh-CN": "不限时长" },
  }),
});
type Config = z.infer<typeof Config>;

export const waitFirst: NodeKind<Config> = {
  family: "wait",
  icon: "first",
  name: { en: "Wait for the first of several", "zh-CN": "等待最先到来的一件" },
  about: {
    en: "Waits for several things at once, such as an event, a condition, a date or a time of day; whichever comes first decides the way.",
    "zh-CN": "同时等待几件事：事件、条件、日期或时段等，哪件先到就走哪条路。",
  },
  config: Config,
  initial: {
    events: [
      { id: "order", is: "event", ...eventPart.initial, event: "order_paid" },
      { id: "visit", is: "event", ...eventPart.initial, event: "store_visit" },
    ],
    within: "P7D",
  },
  ports: ({ events, within }) => [
    ...events.map((way) => ({ id: way.id, name: wayName(way), tone: "yes" as const })),
    ...(within === undefined
      ? []
      : [{ id: TIMEOUT, name: { en: "time is up", "zh-CN": "超时" }, tone: "late" as const }]),
  ],
  says: ({ events, within }) => ({
    text:
      within === undefined
        ? { en: "Wait for {events}", "zh-CN": "等待{events}" }
        : { en: "Wait for {events}, at most {duration}", "zh-CN": "等待{events}，最多{duration}" },
    values: {
      events: { as: "words", words: either(events.map(inline)) },
      duration: { as: "duration", duration: within ?? "" },
    },
  }),
  problems: problemsOf,
  compile: ({ events, within }) => ({
    start: {
      op: "wait",
      first: [
        ...events.map((way) => partOf(way).opens(way, { port: way.id })),
        ...(within === undefined ? [] : [{ until: { after: within }, go: { port: TIMEOUT } }]),
      ],
    },
  }),
};

function problemsOf(config: Config, document: JourneyDocument, node: string): Problem[] {
  return [
    ...config.events.flatMap((way, i) => partOf(way).problems?.(way, { document, node, path: ["events", i] }) ?? []),
    ...hopelessWays(config, node),
  ];
}

/** Within a line, as a name of an event is said there. */
function inline(way: Way): Text {
  const { en, "zh-CN": zh } = wayName(way);
  return { en: (way.is ?? "event") === "event" ? en.toLowerCase() : en, "zh-CN": zh };
}

const either = (names: Text[]): Text => ({
  en: names.map(({ en }) => en).join(" or "),
  "zh-CN": names.map((name) => name["zh-CN"]).join("或"),
});
