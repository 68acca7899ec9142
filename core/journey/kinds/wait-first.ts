import { z } from "zod";
import { eventName } from "../../events/event-name";
import { Rule } from "../../rules/schema";
import type { Text } from "../../text";
import type { NodeKind } from "../kind";
import { EventName } from "../parts/event-name";
import { field } from "../parts/field";
import { IsoDuration } from "../parts/iso-duration";
import { PortId } from "../parts/port-id";

const TIMEOUT = "timeout";

export const AwaitedEvent = z.strictObject({
  id: PortId.refine((id) => id !== TIMEOUT, "“timeout” is the port of those for whom none happens"),
  /** What the way is called; absent = the event's name. */
  name: z.string().trim().min(1).max(40).optional(),
  event: EventName,
  when: Rule,
});
type AwaitedEvent = z.infer<typeof AwaitedEvent>;

const Config = z.strictObject({
  events: field(
    z
      .array(AwaitedEvent)
      .min(1, "needs at least one event")
      .max(10)
      .refine((events) => new Set(events.map(({ id }) => id)).size === events.length, "two events share an id"),
    {
      field: "events",
      label: { en: "Whichever happens first", "zh-CN": "最先发生的一件" },
      help: {
        en: "Each has a way of its own. When one event fits several, the upper one is taken.",
        "zh-CN": "每件事各有一条路；同一事件符合多条时，取靠上的一条。",
      },
    },
  ),
  within: field(IsoDuration, { field: "duration", label: { en: "At most", "zh-CN": "最多等待" } }),
});
type Config = z.infer<typeof Config>;

export const waitFirst: NodeKind<Config> = {
  family: "wait",
  icon: "first",
  name: { en: "Wait for the first of several", "zh-CN": "等待最先发生的事" },
  about: {
    en: "Waits for several things at once; whichever happens first decides the way.",
    "zh-CN": "同时等待几件事，哪件先发生就走哪条路。",
  },
  config: Config,
  initial: {
    events: [
      { id: "order", event: "order_paid", when: { all: [] } },
      { id: "visit", event: "store_visit", when: { all: [] } },
    ],
    within: "P7D",
  },
  ports: ({ events }) => [
    ...events.map((one) => ({ id: one.id, name: nameOf(one), tone: "yes" as const })),
    { id: TIMEOUT, name: { en: "time is up", "zh-CN": "超时" }, tone: "late" as const },
  ],
  says: ({ events, within }) => ({
    text: { en: "Wait for {events}, at most {duration}", "zh-CN": "等待{events}，最多{duration}" },
    values: {
      events: { as: "words", words: either(events.map(nameOf)) },
      duration: { as: "duration", duration: within },
    },
  }),
  compile: ({ events, within }) => ({
    start: {
      op: "wait",
      first: [
        ...events.map(({ id, event, when }) => ({ on: event, when, go: { port: id } })),
        { until: { after: within }, go: { port: TIMEOUT } },
      ],
    },
  }),
};

function nameOf({ name, event }: AwaitedEvent): Text {
  return name ? { en: name, "zh-CN": name } : eventName(event);
}

const either = (names: Text[]): Text => ({
  en: names.map(({ en }) => en.toLowerCase()).join(" or "),
  "zh-CN": names.map((name) => name["zh-CN"]).join("或"),
});
