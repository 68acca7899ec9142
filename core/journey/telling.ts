/**
 * An event that comes of an effect by itself, nobody doing anything. `knows`: those of its properties that are fixed beforehand.
 * `sets`: it comes only where `what` was not `to` already, so that the same effect again tells nothing. `isSure`: nothing may keep it from
 * coming (a stock, a consent, a provider). `comes`: in the same instant, or days later.
 */
export type Telling = {
  event: string;
  knows: Record<string, unknown>;
  sets?: { what: string; to: string };
  isSure: boolean;
  comes: "at once" | "in time";
};
