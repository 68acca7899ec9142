import { Rule } from "../../rules/schema";
import { field } from "./field";

/** What a trigger asks of the member before it lets them in; no event is judged there. */
export const onlyIf = field(Rule, {
  field: "rule",
  judges: "none",
  label: { en: "Only if", "zh-CN": "且满足" },
  help: { en: "Conditions on the member. None = everyone.", "zh-CN": "对会员的条件；留空表示所有人。" },
});
