import { z } from "zod";
import type { NodeKind } from "../kind";
import { field } from "../parts/field";
import { noJourneyYet, OtherJourney } from "../parts/other-journey";

const Config = z.strictObject({
  journey: field(OtherJourney, { field: "journey", label: { en: "Journey", "zh-CN": "旅程" } }),
});
type Config = z.infer<typeof Config>;

export const stopJourney: NodeKind<Config> = {
  family: "action",
  icon: "stop",
  name: { en: "Stop a journey", "zh-CN": "停止旅程" },
  about: {
    en: "The member leaves another journey, wherever they stand in it.",
    "zh-CN": "让会员离开另一个旅程，无论走到哪一步。",
  },
  config: Config,
  initial: { journey: "" },
  ports: () => [{ id: "next", name: { en: "then", "zh-CN": "然后" } }],
  says: ({ journey }) => ({
    text: { en: "Leaves “{journey}”", "zh-CN": "离开“{journey}”" },
    values: { journey: { as: "journey", journey } },
  }),
  problems: ({ journey }, _draft, node) => noJourneyYet(journey, node),
  compile: ({ journey }) => ({
    start: {
      op: "apply",
      effects: journey === "" ? [] : [{ type: "stopJourney", journey }],
      done: { port: "next" },
      refused: {},
    },
  }),
};
