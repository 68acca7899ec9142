import type { EmittedProperty } from "../emitted";
import type { AttributeChange } from "../parts/attribute";
import type { End } from "../parts/end";
import type { Escalation, Severity, Staff, TaskOutcomes } from "../parts/staff";
import type { Question } from "../parts/survey";
import type { WebhookHeader } from "../parts/webhook";

/**
 * What a step can do, as data. Each type has `core/journey/effects/<type>.ts` (schema, cost bound, pretence for the simulator)
 * and `services/engine/effects/<type>.ts` (SQL over the set).
 */
export type Effect =
  | { type: "issueCoupon"; offer: string }
  | { type: "addPoints"; points: number; reason: string }
  | { type: "addTag"; tag: string }
  | { type: "removeTag"; tag: string }
  | { type: "setAttribute"; attribute: string; change: AttributeChange }
  | { type: "emitEvent"; name: string; properties: EmittedProperty[] }
  | {
      type: "openTask";
      kind: "task" | "approval" | "survey";
      title: string;
      instructions: string;
      severity: Severity;
      /** null: the member is asked, nobody of the staff. */
      role: Staff | null;
      store: "any" | "entry" | "joined";
      within: string;
      escalation: Escalation;
      outcomes: TaskOutcomes;
      questions: Question[];
    }
  /** Nobody closed it in time. */
  | { type: "closeTask" }
  /** What came back is known to the run from here on. */
  | { type: "takeAnswer"; of: "task" | "call" }
  | {
      type: "callWebhook";
      method: "POST" | "PUT" | "PATCH";
      url: string;
      headers: WebhookHeader[];
      body: string;
      within: string;
    }
  | { type: "startJourney"; journey: string }
  | { type: "stopJourney"; journey: string }
  | { type: "changeTier"; tier: string; reason: string; end: End }
  | {
      type: "sendMessage";
      channel: "sms" | "email" | "push";
      purpose: "marketing" | "service";
      content: Record<string, unknown>;
      expiresAfter: string;
      /** What it is about, for caps per category. */
      category?: string;
      /** In quiet hours: leave later, or not at all; absent = as the workspace says. */
      quiet?: "hold" | "drop";
      /** Its time counts from when quiet hours let it leave; absent = from when it is written. */
      counts?: "from_leaving";
    };
export type EffectType = Effect["type"];
export type EffectOf<T extends EffectType> = Extract<Effect, { type: T }>;
