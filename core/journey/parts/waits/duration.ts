import { sayDuration } from "../../../time/duration-words";
import { field } from "../field";
import { IsoDuration } from "../iso-duration";
import type { WaitPart } from "./wait-part";

const fields = {
  for: field(IsoDuration, {
    field: "duration",
    label: { en: "How long", "zh-CN": "等待多久" },
    help: {
      en: "Days are calendar days in the member's zone: three days later at the same time.",
      "zh-CN": "天数按会员所在时区的日历计算：三天后的同一时刻。",
    },
  }),
};
type Config = { for: string };

/** A length of time. */
export const durationPart = {
  name: { en: "a length of time", "zh-CN": "时长" },
  fields,
  initial: { for: "P1D" },
  called: (config) => sayDuration(config.for),
  opens: (config, go) => ({ until: { after: config.for }, go }),
} satisfies WaitPart<Config>;
