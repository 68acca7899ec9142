import type { StepId } from "@/core/ids";
import { MAIL } from "@/core/plan/control";
import { goNamed } from "@/core/plan/order";
import type { Waiting } from "@/core/plan/step";
import type { Text } from "@/core/text";
import { isDuration } from "@/core/time/duration";
import { type Drawing, type DrawnStep, doesOf, drawnStep, innerWay, portName, titleOf, wayName } from "./drawn";
import { timeUp, type Waited } from "./time-up";
import type { Line } from "./walk";
import { type Finding, type Names, whyInWords } from "./why";

/**
 * A journal line in words. `title`: the node's; `does`: what this step of it does, null where it is the whole node; `way`: how that step went on, where
 * it might have otherwise; `portName`: the way out of the node, where it has several; `says` and `findings`: why.
 */
type StepWords = {
  title: Text;
  does: Text | null;
  way: Text | null;
  portName: Text | null;
  says: Text | null;
  findings: Finding[];
};

/** `drawings`: the run's version first, then earlier ones for what it has no more; `waited`: of the line of a wait, how it was waited. */
export function inStepWords(
  { step, port, why }: Omit<Line, "at" | "lap">,
  drawings: Drawing[],
  names: Names,
  waited?: Waited,
): StepWords {
  const drawn = drawnStep(step, drawings);
  const said = whyInWords(why, {
    ...names,
    eventOf: (event) => names.eventOf?.(event) ?? awaited(drawn, port),
    caseOf: (index) => caseOf(drawn, index),
    wayOf: (way) => wayName(drawn, way),
    timeUp: (due) => timeUp(due, lengthOf(drawn, port), waited),
  });
  return {
    title: step === MAIL ? MAIL_NAME : titleOf(drawn.node),
    does: doesOf(drawn),
    way: innerWay(drawn, port),
    portName: portName(drawn, port),
    says: said?.says ?? null,
    findings: said?.findings ?? [],
  };
}

/** What the step that a run stands at does, of a node with several. */
export const doesAt = (step: string, drawings: Drawing[]): Text | null => doesOf(drawnStep(step as StepId, drawings));

const MAIL_NAME: Text = { en: "Events on the way", "zh-CN": "途中的事件" };

const waysBy = ({ step }: DrawnStep, port: string | null): Waiting[] =>
  step?.op === "wait" && port !== null ? step.first.filter(({ go }) => isSame(go, goNamed(step, port))) : [];
const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a wait left by this port had waited for, where that was one event: of our own ledgers none has a row to be looked up in. */
function awaited(drawn: DrawnStep, port: string | null): string | undefined {
  const [only, ...more] = new Set(waysBy(drawn, port).flatMap((way) => ("on" in way ? [way.on] : [])));
  return more.length === 0 && only !== "*" ? only : undefined;
}

/** How long the clock lets a wait last that it opens by this port, where that is a length of time. */
function lengthOf(drawn: DrawnStep, port: string | null): string | undefined {
  const way = waysBy(drawn, port).find((one) => "until" in one);
  return way && "until" in way && "after" in way.until && isDuration(way.until.after) ? way.until.after : undefined;
}

/** What a case is called, by the way it leads. */
function caseOf(drawn: DrawnStep, index: number): Text {
  const go = drawn.step?.op === "choose" ? drawn.step.cases[index]?.go : undefined;
  return go ? wayName(drawn, "port" in go ? go.port : go.step) : { en: `${index + 1}`, "zh-CN": `${index + 1}` };
}
