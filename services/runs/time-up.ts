import type { StepId } from "@/core/ids";
import { MAIL } from "@/core/plan/control";
import type { Text } from "@/core/text";
import { sayDuration, sayElapsed } from "@/core/time/duration-words";
import type { Handled } from "./handlings";
import type { Line } from "./walk";

/** A wait that no event ended: since when its run stood at it, and what was done to it from outside there. */
export type Waited = { since: Date; handled: readonly Handled[] };

/**
 * The wait that a journal line tells the end of. It began when its run came: with the line before it, a move by hand, or the entry. A publish and a
 * retry let the time count on that it had waited before them.
 */
export function waitedAt(
  { step, at }: { step: StepId; at: Date },
  { lines, handled, entered }: { lines: readonly Line[]; handled: readonly Handled[]; entered: Date },
): Waited {
  const came = [
    entered,
    ...lines.filter((line) => line.step !== MAIL && line.at < at).map((line) => line.at),
    ...handled.filter((one) => one.did === "move" && one.at <= at).map((one) => one.at),
  ];
  const since = came.reduce((last, one) => (one > last ? one : last));
  return { since, handled: handled.filter((one) => one.from === step && one.at >= since && one.at <= at) };
}

/**
 * Why a wait was left that no event ended: woken from outside before its time, passed over on resuming, or since its time was up. `due`: the instant it was
 * left for, null where that is not kept; `drawn`: its length in the version that let it end, undefined where it has none.
 */
export function timeUp(due: Date | null, drawn: string | undefined, waited: Waited | undefined): Text {
  const length = drawn === undefined ? undefined : sayDuration(drawn);
  if (!waited) return up(length);
  const { since, handled } = waited;
  const woken = handled.findLast(({ did, at }) => did === "wake" && (due === null || due.getTime() === at.getTime()));
  if (woken) return wokenBy(woken.by, sayElapsed(woken.at.getTime() - since.getTime()), length);
  if (handled.some(({ did }) => did === "skip"))
    return {
      en: "The time was up while the journey was paused; on resuming, what fell due was passed over.",
      "zh-CN": "旅程暂停期间等待时间已到；恢复时跳过了到期的内容。",
    };
  return up(length);
}

const up = (lasted: Text | undefined): Text =>
  lasted
    ? { en: `The time was up, after ${lasted.en}.`, "zh-CN": `等待时间已到（${lasted["zh-CN"]}）。` }
    : { en: "The time was up.", "zh-CN": "等待时间已到。" };

function wokenBy(by: string | null, after: Text, length: Text | undefined): Text {
  const early: Text = length
    ? { en: `before ${length.en} were over`, "zh-CN": `未等满 ${length["zh-CN"]}` }
    : { en: "before its time", "zh-CN": "未到预定时间" };
  return {
    en: `Woken by ${by ?? "hand"} after ${after.en}, ${early.en}.`,
    "zh-CN": `等待 ${after["zh-CN"]}后${by ? `由 ${by} ` : "被人工"}唤醒，${early["zh-CN"]}。`,
  };
}
