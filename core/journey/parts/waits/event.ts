import { eventName } from "../../../events/event-name";
import { ANY } from "../../../rules/rule";
import { Rule, type Rule as RuleType } from "../../../rules/schema";
import { EventName } from "../event-name";
import { field } from "../field";
import type { WaitPart } from "./wait-part";

const fields = {
  event: field(EventName, { field: "event", label: { en: "Event", "zh-CN": "事件" } }),
  when: field(Rule, {
    field: "rule",
    judges: "config",
    label: { en: "Only if", "zh-CN": "且满足" },
    help: {
      en: "May compare with the event that started the run (same order, same store) and with coupons issued in it.",
      "zh-CN": "可与触发本次旅程的事件比较（同一订单、同一门店），也可与本次旅程发放的优惠券比较。",
    },
  }),
};
type Config = { event: string; when: RuleType };

/** Something that happens to the member, by a rule that may read it. */
export const eventPart = {
  name: { en: "an event", "zh-CN": "事件" },
  fields,
  initial: { event: "coupon_redeemed", when: ANY },
  called: ({ event }) => eventName(event),
  opens: ({ event, when }, go) => ({ on: event, when, go }),
} satisfies WaitPart<Config>;
