import type { z } from "zod";
import type { Entry } from "../plan/entry";
import type { Plan } from "../plan/plan";
import type { Step } from "../plan/step";
import type { Text } from "../text";
import type { JourneyDocument } from "./document";
import type { InnerStep } from "./inner-step";
import type { Port } from "./port";
import type { Problem } from "./problem";
import type { Saying } from "./saying";

export type Family = "trigger" | "condition" | "wait" | "action" | "end";
/** A name; `app/_ui/icons.tsx` maps it to a component. */
export type Icon =
  | "bolt"
  | "fork"
  | "switch"
  | "clock"
  | "hourglass"
  | "calendar"
  | "window"
  | "check"
  | "first"
  | "split"
  | "send"
  | "sms"
  | "email"
  | "push"
  | "gift"
  | "coupon"
  | "points"
  | "tag"
  | "attribute"
  | "tier"
  | "fallback"
  | "task"
  | "approval"
  | "survey"
  | "webhook"
  | "event"
  | "play"
  | "stop"
  | "segment"
  | "inactive"
  | "repeat"
  | "megaphone"
  | "plug"
  | "flag"
  | "door";

export type { Port } from "./port";
export type { Saying, Value } from "./saying";

type Shared<C> = {
  icon: Icon;
  name: Text;
  /** One sentence for the palette. */
  about: Text;
  config: z.ZodType<C>; // .meta({ field: "offer" }) picks the inspector's widget
  initial: C;
  /** What of `initial` only the author can choose, as a new step has it: empty, so that a problem says what is missing. */
  blank?: Partial<Record<keyof C, unknown>>;
  ports(config: C): Port[];
  /** The card's one line. */
  says(config: C): Saying;
  problems?(config: C, draft: JourneyDocument, node: string): Problem[];
};

/** Methods, not arrow properties, so that the registry needs no `any`. */
export type NodeKind<C = unknown> =
  | (Shared<C> & { family: "trigger"; entry(config: C): Entry; exits?(config: C): Plan["exits"] })
  | (Shared<C> & {
      family: Exclude<Family, "trigger">;
      compile(config: C): { start: Step } & Record<string, Step>;
      /** What each step that it compiles to does, for those who read a run; absent where it is one step, which its name tells. */
      steps?(config: C): Record<string, InnerStep>;
    });
