import { z } from "zod";
import { change } from "@/core/change";
import type { RunId } from "@/core/ids";
import { duePort } from "@/core/plan/advance";
import { instant } from "@/platform/clock";
import type { Tx } from "@/platform/db";
import { passOverMissed } from "../../broadcasts/pass-over";
import type { Batch, Job } from "../../jobs/job";
import { dueRuns, heldRuns } from "../../journeys/operating/fell-due";
import { openAgain } from "../../journeys/operating/open-again";
import { FellDue } from "../../journeys/operating/resume";
import { loadMembers } from "../../members/load";
import { countPassedOver, passOverHeld } from "../../messages/held";
import { takeJourney } from "../../plans/hold";
import { asksCoupons, loadPlans } from "../../plans/plans";
import { factsOf } from "../leg";
import { catchUp } from "../lifecycle/catch-up";
import { endRuns } from "../lifecycle/end-runs";
import { recordHandlings } from "../lifecycle/handlings";
import { type Held, lockFree, lockRuns, shareJourney } from "../lifecycle/lock";
import { isLive, type Run } from "../run";
import { saveRuns } from "../write";
import type { BatchOf } from "./batch";

const Spec = z.object({ fellDue: FellDue });

/** due: runs whose timer came in the pause; held: those it readied before; messages; open: what came meanwhile, then the journey goes on. */
const Position = z.discriminatedUnion("at", [
  z.object({ at: z.literal("due") }),
  z.object({ at: z.literal("held"), after: z.number() }),
  z.object({ at: z.literal("messages") }),
  z.object({ at: z.literal("open") }),
]);
type Position = z.infer<typeof Position>;
const AT_ONCE = 500;

/** Deals with what fell due in a pause, as was chosen, while the journey is still paused; its last batch lets it go on. */
export const resume: BatchOf = async (tx, job, now) => {
  const { fellDue } = Spec.parse(job.spec);
  const position = Position.catch({ at: "due" }).parse(job.position);
  if (job.journey === null) return { done: 0, skipped: 0, position: null };
  // The last batch takes the journey for itself, before any run: nothing falls due between its look and the opening.
  if (position.at === "open") takeJourney(tx, job.journey);
  const journey = await shareJourney(tx, job.workspace, job.journey);
  if (journey?.state !== "paused") return { done: 0, skipped: 0, position: null };
  const batch = (done: number, next: Position | null): Batch => ({ done, skipped: 0, position: next });
  switch (position.at) {
    case "due": {
      if (fellDue === "late") return batch(0, { at: "held", after: 0 });
      const ids = await dueRuns(tx, job.workspace, journey.id, AT_ONCE);
      const done = await treat(tx, job, journey, fellDue, ids, now);
      return batch(done, ids.length < AT_ONCE ? { at: "held", after: 0 } : position);
    }
    case "held": {
      const runs = await heldRuns(tx, job.workspace, journey.id, position.after, AT_ONCE);
      const done = await treat(
        tx,
        job,
        journey,
        fellDue,
        runs.map((run) => run.id),
        now,
      );
      const last = runs.at(-1);
      return batch(done, last && runs.length === AT_ONCE ? { at: "held", after: last.order } : { at: "messages" });
    }
    case "messages": {
      if (fellDue === "late") return batch(0, { at: "open" });
      const passed = await passOverHeld(tx, job.workspace, journey.id, "passed_over", now);
      const runs = new Set(passed.flatMap(({ run }) => (run === null ? [] : [run])));
      if (fellDue === "exit" && runs.size > 0) await treat(tx, job, journey, "exit", [...runs], now);
      countPassedOver(tx, job.workspace, journey.id, "passed_over", passed, now);
      return batch(passed.length, passed.length > 0 ? position : { at: "open" });
    }
    case "open": {
      const ids = fellDue === "late" ? [] : await dueRuns(tx, job.workspace, journey.id, AT_ONCE);
      const free = await lockFree(tx, job.workspace, ids);
      const done = await treat(tx, job, journey, fellDue, free, now);
      if (ids.length === AT_ONCE) return batch(done, { at: "due" });
      // Whose events are being acted on: behind that, which may need the journey, it is looked anew.
      if (free.length < ids.length) return batch(done, position);
      const missed = fellDue === "late" ? 0 : await passOverMissed(tx, job.workspace, journey.id, now);
      await openAgain(tx, job.workspace, journey.id, now);
      return batch(done + missed, null);
    }
    default:
      return position satisfies never;
  }
};

/** Does to runs what was chosen. Those that moved on in the meantime are left alone. */
async function treat(tx: Tx, job: Job, journey: Held, how: FellDue, ids: readonly RunId[], now: Date): Promise<number> {
  const { workspace } = job;
  const locked = await lockRuns(tx, workspace, ids);
  const late = await catchUp(tx, workspace, journey, locked, now);
  const runs = locked.filter((run) => isLive(run.state));
  switch (how) {
    case "late": {
      // What came while it was held at its step was before the late effect, so it must not win the wait behind it.
      const mailed = runs.filter((run) => run.state === "ready" && run.mail.length > 0);
      for (const run of mailed) run.mail = [];
      saveRuns(tx, workspace, [...new Set([...mailed, ...late])], now);
      return mailed.length;
    }
    case "skip": {
      const due = runs.filter((run) => run.state === "ready" || (run.dueAt !== null && run.dueAt <= now));
      await standOnDuePorts(tx, job, journey, due);
      saveRuns(tx, workspace, [...new Set([...due, ...late])], now);
      const handlings = due.map((run) => ({ run: run.id, did: "skip" as const, from: run.step, to: run.step }));
      recordHandlings(tx, workspace, handlings, { by: job.startedBy, job: job.id }, now);
      return due.length;
    }
    case "exit":
      saveRuns(tx, workspace, late, now);
      await endRuns(
        tx,
        workspace,
        runs,
        { did: "exit", reason: "left_on_resume", by: job.startedBy, job: job.id },
        now,
      );
      return runs.length;
    default:
      return how satisfies never;
  }
}

/** Ready by the port that time opens, to pass over the effects behind it. */
async function standOnDuePorts(tx: Tx, { workspace }: Job, { zone }: Held, runs: readonly Run[]): Promise<void> {
  const parked = runs.filter((run) => run.state === "parked");
  const plans = await loadPlans(
    tx,
    workspace,
    parked.map((run) => run.plan),
  );
  const members = await loadMembers(
    tx,
    workspace,
    parked.map((run) => run.member),
    { coupons: [...plans.values()].some(asksCoupons) },
  );
  for (const run of runs) {
    if (run.state === "parked") {
      const plan = plans.get(run.plan);
      if (!plan) continue;
      const port = duePort(plan, run.step, factsOf(run, { members }, { zone }, run.parkedAt ?? instant()));
      change(run, { state: "ready", port, readyEvent: null, readyWhy: null, dueAt: null });
    }
    change(run, { readyBy: "skip", isBulk: true, mail: [] });
  }
}
