import { setTimeout as pause } from "node:timers/promises";
import { FAULT_POINTS, type FaultPoint } from "@/platform/fault-points";
import { atLeast } from "../findings";
import { kindsUnder } from "../kinds-under";
import { ordersUnder } from "../orders";
import type { Procedure } from "../procedure";
import type { Recovery } from "../recovery";
import type { RoleName, World } from "../world";

const TIMES = 4;
/** Where the API is the one that comes there. */
const API: readonly FaultPoint[] = ["event-committed", "report-written"];
/** How often a process comes there before it dies, at most: rare places are met soon, frequent ones anywhere in the flow. */
const DEEPEST: Partial<Record<FaultPoint, number>> = {
  "before-commit": 400,
  "after-commit": 400,
  "event-committed": 12,
  "report-written": 40,
  "lane-committed": 30,
  "batch-committed": 6,
  "message-claimed": 12,
  "calls-noted": 12,
  "message-called": 12,
  "outcome-written": 12,
};
const PATIENCE_MS = 25_000;
/** Where an order never comes: met by journeys of every kind. */
const BESIDE: readonly FaultPoint[] = [
  "segments-turned",
  "job-turned",
  "broadcast-turned",
  "dues-entered",
  "call-claimed",
  "call-answered",
];

/** Only a crowd wakes a conductor (decision 101), every few seconds: more orders, over a longer time. */
const RARE: readonly FaultPoint[] = ["ring-heard", "signal-sent", "chair-taken"];

/** A busy conductor never sleeps, so orders come in bursts with a rest between. */
const RESTS: readonly FaultPoint[] = ["before-sleep", "after-sleep"];

const at = (point: FaultPoint, role: RoleName): Procedure => ({
  name: `${role} killed at ${point}`,
  async run(world) {
    const isRare = RARE.includes(point);
    const lastsMs = TIMES * (isRare ? 24_000 : 12_000);
    const also = ({ recovery }: { recovery: Recovery }) => recovery.findings(`the death at ${point}`, 5000);
    const strike = (scene: Struck) => deaths(scene, point, role);
    const verdict = BESIDE.includes(point)
      ? await kindsUnder(world, { lastsMs, strike, also })
      : await ordersUnder(world, {
          runs: isRare ? 1200 : 600,
          lastsMs,
          ...(RESTS.includes(point) && { tickMs: 6000 }),
          strike,
          also,
        });
    return { ...verdict, findings: [...verdict.findings, atLeast("times it died there", verdict.faults, TIMES / 2)] };
  },
});

type Struck = { world: World; recovery: Recovery; round?(): Promise<void> };

/** Arms the point, waits for the death there, and starts the role again; how often it died. */
async function deaths({ world, recovery, round }: Struck, point: FaultPoint, role: RoleName): Promise<number> {
  let died = 0;
  for (let i = 0; i < TIMES; i++) {
    await world.killRole(role);
    const time = 1 + Math.floor(Math.random() * (DEEPEST[point] ?? 3));
    world.startRole(role, { at: point, time });
    await round?.();
    if (await world.ended(role, PATIENCE_MS)) died++;
    await world.killRole(role);
    world.startRole(role);
    if (role === "api") await world.answers();
    await recovery.next();
    await pause(500);
  }
  return died;
}

/** The process that comes to a named place between two commits dies there, several times over. */
export const points: Procedure[] = [
  ...FAULT_POINTS.map((point) => at(point, API.includes(point) ? "api" : "worker")),
  at("before-commit", "api"),
  at("after-commit", "api"),
];
