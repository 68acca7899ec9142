import { JourneyDocument, type JourneyEdge, type JourneyNode } from "../journey/document";
import type { ChannelKind, Purpose } from "../message/channel";
import type { Content, MessageContent } from "../message/content";
import { ANY, type Rule } from "../rules/rule";
import type { Text } from "../text";
import type { Say } from "./recipe";

type Wire = `${string}.${string} → ${string}`;
type Drawn = {
  name: string;
  /** The trigger first. */
  nodes: [JourneyNode, ...JourneyNode[]];
  wires: Wire[];
} & Partial<Pick<JourneyDocument, "goal" | "exits">> & { settings?: Partial<JourneyDocument["settings"]> };

/** A recipe's document; whoever closes their account leaves it. */
export const draw = ({ nodes, wires, exits = [], ...more }: Drawn): JourneyDocument =>
  JourneyDocument.parse({
    entry: nodes[0].id,
    nodes,
    edges: wires.map(edge),
    exits: [{ on: "account_closed", when: ANY }, ...exits],
    ...more,
  });

/** `from.port → to`, so that a drawing reads line by line. */
function edge(line: Wire): JourneyEdge {
  const [way = "", to = ""] = line.split(" → ");
  const [from = "", port = ""] = way.split(".");
  return { from, port, to };
}

export const onEvent = (id: string, event: string, when: Rule = ANY): JourneyNode => ({
  id,
  kind: "on-event",
  config: { event, when },
});

/** Each year around a date of the member; `days` before it (negative) or after. */
export const onDate = (
  id: string,
  date: string,
  more: { days?: number; time?: string; returns?: "yearly" | "once"; when?: Rule } = {},
): JourneyNode => ({
  id,
  kind: "on-date",
  config: { date, returns: "yearly", days: 0, time: "10:00", leapDay: "feb28", when: ANY, ...more },
});

export const onInactivity = (
  id: string,
  of: "visit" | "purchase" | "activity",
  days: number,
  when: Rule = ANY,
): JourneyNode => ({ id, kind: "on-inactivity", config: { of, days, when } });

/** By the workspace's clock; `cron`: minute, hour, day, month, weekday. */
export const onSchedule = (id: string, cron: string, when: Rule = ANY): JourneyNode => ({
  id,
  kind: "on-schedule",
  config: { cron, zone: "", segment: "", when, perMinute: 0 },
});

/** Everyone for whom the rule holds, when published. */
export const onBroadcast = (id: string, when: Rule = ANY): JourneyNode => ({
  id,
  kind: "on-broadcast",
  config: { at: "", segment: "", when, perMinute: 0 },
});

export const choose = (id: string, title: string, when: Rule): JourneyNode => ({
  id,
  kind: "if",
  title,
  config: { when },
});

export const delay = (id: string, length: string): JourneyNode => ({ id, kind: "delay", config: { for: length } });

export const waitFor = (id: string, title: string, event: string, within: string, when: Rule = ANY): JourneyNode => ({
  id,
  kind: "wait-for",
  title,
  config: { event, when, within },
});

/** Waits until one of the coupons issued in this run is used. */
export const waitForRedemption = (id: string, within: string): JourneyNode => ({
  id,
  kind: "wait-for",
  config: { event: "coupon_redeemed", when: OWN_COUPON, within },
});

const OWN_COUPON: Rule = { field: "event.coupon_id", is: "in", value: { field: "coupon.ids" } };

/** A coupon, and points with it where there is a reason for them. */
export const coupon = (id: string, offer: string, extra?: { points: number; reason: string }): JourneyNode => ({
  id,
  kind: "reward",
  config: { grants: [{ is: "coupon", offer }, ...(extra ? [{ is: "points", ...extra }] : [])] },
});

/** Several coupons, all or none. */
export const coupons = (id: string, offers: readonly string[]): JourneyNode => ({
  id,
  kind: "reward",
  config: { grants: offers.map((offer) => ({ is: "coupon", offer })) },
});

export const points = (id: string, amount: number, reason: string): JourneyNode => ({
  id,
  kind: "reward",
  config: { grants: [{ is: "points", points: amount, reason }] },
});

export const addTag = (id: string, tag: string): JourneyNode => ({ id, kind: "tag", config: { action: "add", tag } });

export const goal = (id: string): JourneyNode => ({ id, kind: "goal", config: {} });

type Words<K extends ChannelKind> = { en: Content[K]; "zh-CN": Content[K] };

/** A message in both languages. */
export function send<K extends ChannelKind>(
  id: string,
  channel: K,
  words: Words<K>,
  { purpose = "marketing", expiresAfter = "P2D" }: { purpose?: Purpose; expiresAfter?: string } = {},
): JourneyNode {
  const content: MessageContent = { [channel]: words };
  return { id, kind: "send", config: { channel, purpose, content, expiresAfter } };
}

export const sms = (id: string, text: Text, more?: { purpose?: Purpose; expiresAfter?: string }): JourneyNode =>
  send(id, "sms", { en: { text: signed(text.en) }, "zh-CN": { text: text["zh-CN"] } }, more);

/** An SMS that ends with the run's latest coupon: its name, code and last day. */
export const couponSms = (id: string, text: Text): JourneyNode =>
  sms(id, {
    en: `${text.en} {{ coupon.name }}, code {{ coupon.code }}, valid until {{ coupon.expires_at | date }}.`,
    "zh-CN": `${text["zh-CN"]}{{ coupon.name }}，券码{{ coupon.code }}，有效期至{{ coupon.expires_at | date }}。`,
  });

/** Abroad nothing else tells who writes; at home the signature of the settings does. */
const signed = (text: string) => `{{ workspace.name }}: ${text}`;

export const push = (id: string, title: Text, body: Text): JourneyNode =>
  send(id, "push", {
    en: { title: title.en, body: body.en },
    "zh-CN": { title: title["zh-CN"], body: body["zh-CN"] },
  });

type Letter = { subject: Text; preheader: Text; heading: Text; text: Text; more?: Text };

/** A mail: a heading, some words, the run's latest coupon where it has one, more words. */
export function mail(
  id: string,
  { subject, preheader, heading, text, more }: Letter,
  { purpose = "marketing", hasCoupon = true }: { purpose?: Purpose; hasCoupon?: boolean } = {},
): JourneyNode {
  const of = (locale: keyof Text): Content["email"] => ({
    subject: subject[locale],
    preheader: preheader[locale],
    blocks: [
      { kind: "heading", text: heading[locale] },
      { kind: "text", text: text[locale] },
      ...(hasCoupon ? [{ kind: "coupon" as const }] : []),
      ...(more ? [{ kind: "text" as const, text: more[locale] }] : []),
    ],
  });
  return send(id, "email", { en: of("en"), "zh-CN": of("zh-CN") }, { purpose });
}

/** Push, and an SMS to those whom it does not reach. */
export const pushElseSms = (id: string, words: { title: Text; body: Text; sms: Text }): JourneyNode => ({
  id,
  kind: "send-in-order",
  config: {
    channels: ["push", "sms"],
    purpose: "marketing",
    content: {
      push: {
        en: { title: words.title.en, body: words.body.en },
        "zh-CN": { title: words.title["zh-CN"], body: words.body["zh-CN"] },
      },
      sms: { en: { text: signed(words.sms.en) }, "zh-CN": { text: words.sms["zh-CN"] } },
    },
    within: "PT1H",
    silence: "sent",
  },
});

type Task = { title: Text; instructions: Text; outcomes: { id: string; name: Text }[]; within?: string };

/** A task for the store's manager, of the store where it happened or where the member joined. */
export const staffTask = (
  id: string,
  say: Say,
  { title, instructions, outcomes, within = "P2D" }: Task,
  { store = "joined" as "entry" | "joined", severity = "normal" as "normal" | "high" } = {},
): JourneyNode => ({
  id,
  kind: "staff-task",
  config: {
    title: say(title),
    instructions: say(instructions),
    role: "store_manager",
    store,
    severity,
    outcomes: outcomes.map(({ id: port, name }) => ({ id: port, name: say(name) })),
    within,
    escalation: { is: "none" },
  },
});
