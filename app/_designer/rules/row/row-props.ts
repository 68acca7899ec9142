import type { Rule } from "@/core/rules/rule";
import type { RuleScope } from "../fields";

/** What every kind of row is given beside its own condition. */
export type RowProps = {
  scope: RuleScope;
  /** Another thing was chosen to be compared: a new condition in this one's place. */
  onPick(rule: Rule): void;
  onChange(rule: Rule): void;
  onRemove(): void;
};
