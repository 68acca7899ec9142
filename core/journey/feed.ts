import { canonical } from "../hash";
import { nodeOf, type StepId } from "../ids";
import { JOURNEY_START } from "../plan/control";
import { gosOf, waysAtOnce } from "../plan/order";
import { follow, type Plan } from "../plan/plan";
import { soughtBy } from "../policy/reached-by";
import { holdsOf } from "../rules/known-in-part";
import type { Effect, EffectType } from "./effects/effect";
import type { EffectKind } from "./effects/effect-kind";
import { effectKinds } from "./effects/registry";
import type { Telling } from "./telling";

/** `mayBeOver`: the run that did it may have ended before anyone hears of it. `key`: the same for all that differ in their node only. */
export type Told = Telling & { node: string; mayBeOver: boolean; key: string };

/** A journey as its neighbours know it: what starts it, and what comes of it that may start one. */
export type Feed = Pick<Plan, "name" | "entry" | "reentry"> & {
  /** Its id; empty for a drawing that is no journey yet. */
  journey: string;
  /** Limits, a goal or exits may keep members out. */
  isBounded: boolean;
  tells: Told[];
  /** The tags and segments whose members it wants. */
  seeks: { tags: string[]; segments: string[] };
  /** Tags it gives to members. */
  gives: string[];
  /** It sends marketing. */
  isPromoting: boolean;
};

type Drawn = Pick<Plan, "name" | "entry" | "reentry" | "first" | "steps" | "wires" | "goal" | "exits" | "limits">;

export function feedOf(journey: string, drawn: Drawn): Feed {
  const { name, entry, reentry, first, goal, exits, limits } = drawn;
  const all = first === null ? new Set<StepId>() : walk(drawn, first, everyWay);
  const atOnce = first === null ? new Set<StepId>() : walk(drawn, first, waysNow);
  const sure = passedByAll(drawn);
  const ending = endingAtOnce(drawn);
  const tells = [...all].flatMap((at): Told[] => {
    const step = drawn.steps[at];
    if (step?.op !== "apply") return [];
    const next = follow(drawn, at, step.done).to;
    const mayBeOver = next === null || ending.has(next);
    return step.effects.flatMap(tellingsOf).map((telling) => {
      const isSure = telling.isSure && sure.has(at);
      const told = { ...telling, isSure, comes: atOnce.has(at) ? telling.comes : ("in time" as const), mayBeOver };
      return { ...told, node: nodeOf(at), key: canonical(told) };
    });
  });
  return {
    journey,
    name,
    entry,
    reentry,
    isBounded: limits !== undefined || goal !== undefined || exits.length > 0,
    tells,
    ...leaningOf(drawn, all),
  };
}

function leaningOf(
  { entry, steps }: Drawn,
  reached: ReadonlySet<StepId>,
): Pick<Feed, "seeks" | "gives" | "isPromoting"> {
  const own = [...reached].flatMap((at) => steps[at] ?? []);
  const effects = own.flatMap((step) => (step.op === "apply" ? step.effects : []));
  const { tags, segments } = soughtBy([entry, own]);
  return {
    seeks: { tags: [...tags].sort(), segments: [...segments].sort() },
    gives: [...new Set(effects.flatMap((effect) => (effect.type === "addTag" ? [effect.tag] : [])))],
    isPromoting: effects.some((effect) => effect.type === "sendMessage" && effect.purpose === "marketing"),
  };
}

/** Whether an event lets a member into a journey again who was in it before; undefined where that hangs on what is not known beforehand. */
export function feeds(told: Told, { journey, entry, reentry, isBounded }: Feed): boolean | undefined {
  const { knows, isSure } = told;
  if (!mayStart(told, { journey, entry })) return false;
  const again = entersAgain(reentry, knows);
  const holds = holdsOf(entry.when, knows);
  if (again === false) return false;
  return again && holds && isSure && !isBounded ? true : undefined;
}

/** Whether an event may let in a member who was never in the journey. */
export function mayStart(
  { event, knows }: Pick<Told, "event" | "knows">,
  { journey, entry }: Pick<Feed, "journey" | "entry">,
): boolean {
  if (entry.on === "call" ? event !== JOURNEY_START || knows.journey_id !== journey : entry.on !== "event")
    return false;
  return (entry.on !== "event" || entry.event === event) && holdsOf(entry.when, knows) !== false;
}

function entersAgain(reentry: Plan["reentry"], knows: Telling["knows"]): boolean | undefined {
  switch (reentry.is) {
    case "once":
    case "every":
      return false;
    case "per_key":
      return knows[reentry.key.replace(/^(event|entry)\./, "")] === undefined ? undefined : false;
    case "after_end":
    case "always":
      return true;
    default:
      return reentry satisfies never;
  }
}

const tellingsOf = (effect: Effect): Telling[] =>
  // Type and kind belong together, which TypeScript cannot follow through the registry.
  (effectKinds[effect.type] as EffectKind<EffectType>).tells(effect);

type Ways = (step: Drawn["steps"][StepId]) => ReturnType<typeof gosOf>;
const everyWay: Ways = gosOf;
const waysNow: Ways = (step) => (step.op === "wait" ? step.first.flatMap(waysAtOnce) : gosOf(step));

function targets(drawn: Drawn, at: StepId, ways: Ways): (StepId | null)[] {
  const step = drawn.steps[at];
  return step ? [...new Set(ways(step).map((go) => follow(drawn, at, go).to))] : [];
}

function walk(drawn: Drawn, from: StepId, ways: Ways): Set<StepId> {
  const seen = new Set([from]);
  for (const at of seen) for (const to of targets(drawn, at, ways)) if (to !== null) seen.add(to);
  return seen;
}

/** The steps from which a run may come to its end in the same instant. */
function endingAtOnce(drawn: Drawn): Set<StepId> {
  const before = new Map<StepId, StepId[]>();
  const ending = new Set<StepId>();
  for (const at of Object.keys(drawn.steps) as StepId[]) {
    if (drawn.steps[at]?.op === "end") ending.add(at);
    for (const to of targets(drawn, at, waysNow))
      if (to === null) ending.add(at);
      else before.set(to, [...(before.get(to) ?? []), at]);
  }
  for (const at of ending) for (const earlier of before.get(at) ?? []) ending.add(earlier);
  return ending;
}

/** The steps before the first at which ways part. */
function passedByAll(drawn: Drawn): Set<StepId> {
  const passed = new Set<StepId>();
  for (let at = drawn.first; at !== null && !passed.has(at); ) {
    passed.add(at);
    const [to, ...others] = targets(drawn, at, everyWay);
    at = to === undefined || others.length > 0 ? null : to;
  }
  return passed;
}
