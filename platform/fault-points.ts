/** Places between two commits where a process may die, by name; `npm run test:faults` kills one at each. */
export const FAULT_POINTS = [
  // any transaction of the process: all is said but COMMIT; COMMIT was answered
  "before-commit",
  "after-commit",
  // an event is committed, its lane not told
  "event-committed",
  // a lane's turn is committed, its rings not heard
  "lane-committed",
  // a start was rung, Temporal not asked; it was asked
  "ring-heard",
  "signal-sent",
  // a conductor took its chair; moved a batch; found nothing more; is asleep, and its workflow does not know it
  "chair-taken",
  "batch-committed",
  "before-sleep",
  "after-sleep",
  // a message is claimed; its call noted, not begun; handed over; its outcome written; its provider's report written
  "message-claimed",
  "calls-noted",
  "message-called",
  "outcome-written",
  "report-written",
  // a share of the segments' work is committed, a job's batch, a broadcast's page, a page of members whose day has come; the next not begun
  "segments-turned",
  "job-turned",
  "broadcast-turned",
  "dues-entered",
  // a webhook's call is claimed; it was answered, its outcome not written
  "call-claimed",
  "call-answered",
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

let armed: { point: string; left: number } | undefined;

/** Arms one point: `name@n` ends this process, as kill -9 would, when it comes there for the n-th time. Nothing is armed unless a test says so. */
export function armFaultPoint(setting: string | undefined): void {
  const [point, times] = setting?.split("@") ?? [];
  armed = point ? { point, left: Number(times ?? 1) } : undefined;
}

/** Costs one comparison unless armed. */
export function faultPoint(point: FaultPoint): void {
  if (armed === undefined || armed.point !== point || --armed.left > 0) return;
  process.kill(process.pid, "SIGKILL");
}
