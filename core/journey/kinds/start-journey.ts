import { z } from "zod";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { noJourneyYet, OtherJourney } from "../parts/other-journey";

const Config = z.strictObject({
  journey: field(OtherJourney, { field: "journey", label: { en: "Journey", "zh-CN": "旅程" } }),
});
type Config = z.infer<typeof Config>;

export const startJourney: NodeKind<Config> = {
  family: "action",
  icon: "play",
  name: { en: "Start a journey", "zh-CN": "启动旅程" },
  about: {
    en: "The member begins another journey too, by that journey’s own rules for entering.",
    "zh-CN": "让会员同时进入另一个旅程，并遵循该旅程自身的进入规则。",
  },
  config: Config,
  initial: { journey: "" },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ journey }) => ({
    text: { en: "Starts “{journey}”", "zh-CN": "启动“{journey}”" },
    values: { journey: { as: "journey", journey } },
  }),
  problems: ({ journey }, _draft, node) => noJourneyYet(journey, node),
  compile: ({ journey }) => ({
    start: {
      op: "apply",
      effects: journey === "" ? [] : [{ type: "startJourney", journey }],
      done: { port: "next" },
      refused: {},
    },
  }),
};
