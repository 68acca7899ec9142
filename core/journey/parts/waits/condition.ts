import { ANY, isAlways } from "../../../rules/rule";
import { Rule, type Rule as RuleType } from "../../../rules/schema";
import { inWords, type Naming } from "../../../rules/words";
import { field } from "../field";
import type { WaitPart } from "./wait-part";

const fields = {
  when: field(Rule, {
    field: "rule",
    judges: "none",
    label: { en: "Until", "zh-CN": "直到" },
    help: {
      en: "Looked at when the member comes here, whenever anything happens to them, and when time alone can make it true.",
      "zh-CN": "会员到达时判断一次；之后会员每有变化、或条件可能随时间自行成立时，都会重新判断。",
    },
  }),
};
type Config = { when: RuleType };

/** A rule over the member that comes true; one that holds already opens at once. */
export const conditionPart = {
  name: { en: "a condition", "zh-CN": "条件" },
  fields,
  initial: { when: ANY },
  called: ({ when }) =>
    isAlways(when)
      ? { en: "a condition not set yet", "zh-CN": "尚未设置的条件" }
      : { en: short(inWords(when, "en", NAMING)), "zh-CN": short(inWords(when, "zh-CN", NAMING)) },
  opens: ({ when }, go) => ({ holds: when, go }),
  problems: ({ when }, { node, path }) =>
    isAlways(when)
      ? [
          {
            code: "condition_empty",
            severity: "warning",
            node,
            path: [...path, "when"],
            says: { en: "Without a condition nobody waits here.", "zh-CN": "没有设置条件，会员不会在此等待。" },
          },
        ]
      : [],
} satisfies WaitPart<Config>;

/** What an offer or a segment is called is not known here. */
const NAMING: Naming = { nameOf: (_, value) => (/^[0-9a-f]{8}-/.test(value) ? "…" : undefined) };
/** As long as a way's name may be. */
const MOST = 40;
const short = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 1).trimEnd()}…` : text);
