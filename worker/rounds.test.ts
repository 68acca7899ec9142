import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { until } from "@/tests/harness/until";
import { type Left, Rounds } from "./rounds";

/** Turns that are noted, and end with what is asked of them: the last answer again and again. */
function noting(answers: Record<number, Left[]>) {
  const turns: number[] = [];
  let most = 0;
  let now = 0;
  const turn = async (which: number): Promise<Left> => {
    turns.push(which);
    most = Math.max(most, ++now);
    await pause(1);
    now -= 1;
    const left = answers[which] ?? [];
    return (left.length > 1 ? left.shift() : left[0]) ?? "nothing";
  };
  return { turns, turn, most: () => most };
}

it("gives whoever asks a turn behind those who asked before, however much one has to do", async () => {
  const { turns, turn } = noting({ 1: ["more"], 2: ["more"], 3: ["more"] });
  const rounds = new Rounds(2, turn);
  rounds.want(1, 2, 3);
  await until(() => turns.length > 20);
  const before = turns.length;
  rounds.want(9);
  await until(() => turns.includes(9));
  // Two were under way and three asked before it.
  expect(turns.indexOf(9) - before).toBeLessThanOrEqual(3);
  await rounds.stop();
  const counts = [1, 2, 3].map((one) => turns.filter((turned) => turned === one).length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
});

it("keeps no place for who waits, and looks again after the while it named", async () => {
  const { turns, turn } = noting({ 1: [{ after: 40 }, { after: 40 }, "nothing"] });
  const rounds = new Rounds(1, turn);
  rounds.want(1);
  await until(() => turns.length === 1);
  rounds.want(2);
  await until(() => turns.includes(2));
  expect(turns).toEqual([1, 2]);
  await until(() => turns.length === 4);
  expect(turns).toEqual([1, 2, 1, 1]);
  await rounds.stop();
});

it("gives another turn to who is asked for during its own or while it waits, once", async () => {
  const { turns, turn } = noting({ 2: [{ after: 60_000 }, "nothing"] });
  const rounds = new Rounds(1, turn);
  rounds.want(1);
  rounds.want(1);
  rounds.want(1);
  await until(() => turns.length === 2);
  rounds.want(2);
  await until(() => turns.length === 3);
  await pause(5);
  rounds.want(2);
  await until(() => turns.length === 4);
  expect(turns).toEqual([1, 1, 2, 2]);
  await rounds.stop();
});

it("takes so many at once and never two at one", async () => {
  const { turns, turn, most } = noting({ 1: ["more", "more", "nothing"] });
  const rounds = new Rounds(3, turn);
  rounds.want(1, 1, 2, 3, 4, 5);
  await until(() => turns.length === 7);
  await rounds.stop();
  expect(most()).toBe(3);
  const single = noting({ 1: ["more"] });
  const alone = new Rounds(3, single.turn);
  alone.want(1);
  await until(() => single.turns.length > 5);
  await alone.stop();
  expect(single.most()).toBe(1);
});

it("begins nothing after a stop, which waits for what runs", async () => {
  let isDone = false;
  const rounds = new Rounds(1, async () => {
    await pause(20);
    isDone = true;
    return "more";
  });
  rounds.want(1, 2);
  await rounds.stop();
  expect(isDone).toBe(true);
  isDone = false;
  rounds.want(3);
  await pause(30);
  expect(isDone).toBe(false);
});
