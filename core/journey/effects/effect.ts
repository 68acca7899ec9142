/**
 * What a step can do, as data. Each type has `core/journey/effects/<type>.ts` (schema, cost bound, pretence for the simulator)
 * and `services/engine/effects/<type>.ts` (SQL over the set).
 */
export type Effect =
  | { type: "issueCoupon"; offer: string }
  | { type: "addPoints"; points: number; reason: string }
  | { type: "addTag"; tag: string }
  | { type: "removeTag"; tag: string }
  | {
      type: "sendMessage";
      channel: "sms" | "email" | "push";
      purpose: "marketing" | "service";
      content: Record<string, unknown>;
      expiresAfter: string;
    };
export type EffectType = Effect["type"];
export type EffectOf<T extends EffectType> = Extract<Effect, { type: T }>;
