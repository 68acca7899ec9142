import { forgetKeys } from "@/services/events/forget-keys";

/** How many rows were forgotten; 0 = nothing is left to forget. */
export const forget = (): Promise<number> => forgetKeys(10_000);
