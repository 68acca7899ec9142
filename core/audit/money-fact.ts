import { isMoneySetting } from "./setting-names";

/** Whether an audited field holds an amount, in minor units. */
export const isMoneyFact = (field: string): boolean =>
  isMoneySetting(field) || /(^|\.)(amount|discount|threshold|price)$/.test(field);
