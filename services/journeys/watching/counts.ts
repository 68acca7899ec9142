import { z } from "zod";
import { type JourneyId, nodeOf, type PlanId, type StepId, type WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import type { JourneyDocument } from "@/core/journey/document";
import { replacements } from "@/core/journey/rooted";
import type { Plan } from "@/core/plan/plan";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { loadPlans } from "../../plans/plans";
import { MessageCount, messageCounts } from "./message-counts";
import { type Standing, standingOf, totals } from "./totals";

const Count = z.object({ entered: z.int(), waiting: z.int(), left: z.int(), failed: z.int() });
const JourneyCounts = z.object({
  since: Instant.nullable().describe("from when on what moves is counted; null = ever"),
  standsMs: z
    .int()
    .describe(
      "so long who waits and who failed stand before they are counted anew, where very many do; 0 = they are of this very look",
    ),
  nodes: z.record(z.string(), Count),
  /** How many left by a port, as `<node>:<port>`. */
  ports: z.record(z.string(), z.int()),
  messages: z.record(z.string(), MessageCount).describe("what came of the messages of each node that sends"),
  total: z.object({
    entered: z.int(),
    waiting: z.int(),
    goal: z.int(),
    worth: z.int().describe("what those goals were worth, in minor units; 0 where the goal has no value"),
    done: z.int(),
    exited: z.int(),
    failed: z.int(),
    /** Kept out by a holdout, and how many of them reached the goal; in none of the other counts. */
    held: z.int(),
    heldGoal: z.int(),
  }),
});
type JourneyCounts = z.infer<typeof JourneyCounts>;
type Numbers = Omit<JourneyCounts, "since" | "standsMs">;

const HOUR_MS = 3_600_000;
const WINDOWS = { hour: HOUR_MS, day: 24 * HOUR_MS } as const;

/**
 * The canvas's numbers. `waiting` and `failed` stand there now; the others are of the window: the hours of the clock that the last
 * hour or day touches, or all time. Where so many stand that counting them takes long, who waits stands for a second or two, and says so.
 * What a node was entered by is what left it and what stands in it, so that edits of the drawing lose nobody.
 */
export const journeyCounts = useCase({
  may: "journey.read",
  input: z.object({
    journey: z.uuid().transform((id) => id as JourneyId),
    window: z.enum(["hour", "day", "all"]).default("all"),
  }),
  output: JourneyCounts,
  says: "Entered, waiting, left, failed, per node and way",
  async run({ tx, actor: { workspace }, now }, { journey, window }) {
    const found = await tx.one<{ plan: PlanId | null; document: JourneyDocument }>(sql`
      SELECT j.plan_id AS plan, coalesce(p.document, j.document) AS document
      FROM journey j LEFT JOIN plan p ON p.workspace_id = j.workspace_id AND p.id = j.plan_id
      WHERE j.workspace_id = ${workspace} AND j.id = ${journey}`);
    if (!found) return refuse("not_found", "no such journey");
    const since = window === "all" ? null : new Date(Math.floor((now.getTime() - WINDOWS[window]) / HOUR_MS) * HOUR_MS);
    const plan = found.plan ? (await loadPlans(tx, workspace, [found.plan])).get(found.plan) : undefined;
    const counts = new Board(plan, window === "all");
    for (const { step, port, count } of await passages(tx, workspace, journey, since)) counts.passed(step, port, count);
    const { value: standing, standsMs } = await standingOf(tx, workspace, journey);
    for (const one of standing) counts.stands(one);
    const waiting = standing.reduce((sum, one) => sum + one.waiting, 0);
    const failed = standing.reduce((sum, one) => sum + one.failed, 0);
    const total = { ...(await totals(tx, workspace, journey, { since, now })), waiting, failed };
    const messages = await messageCounts(tx, workspace, journey, since);
    return ok({ since, standsMs, ...asDrawn({ ...counts.with(total), messages }, replacements(found.document)) });
  },
});

/** Counted by root ids, told of the nodes that the published drawing shows for them. */
function asDrawn({ nodes, ports, messages, total }: Numbers, shown: ReadonlyMap<string, string>): Numbers {
  if (shown.size === 0) return { nodes, ports, messages, total };
  const drawn = (root: string) => shown.get(root) ?? root;
  return {
    nodes: Object.fromEntries(Object.entries(nodes).map(([root, count]) => [drawn(root), count])),
    messages: Object.fromEntries(Object.entries(messages).map(([root, count]) => [drawn(root), count])),
    ports: Object.fromEntries(
      Object.entries(ports).map(([port, count]) => {
        const [root = "", ...rest] = port.split(":");
        return [[drawn(root), ...rest].join(":"), count];
      }),
    ),
    total,
  };
}

class Board {
  private readonly nodes: JourneyCounts["nodes"] = {};
  private readonly ports: JourneyCounts["ports"] = {};
  constructor(
    private readonly plan: Plan | undefined,
    private readonly isAllTime: boolean,
  ) {}

  passed(step: StepId, port: string, count: number): void {
    if (port === "@failed") return;
    const node = nodeOf(step);
    // From step to step inside a node nobody has left it.
    const isInside =
      this.plan?.steps[`${node}.${port}` as StepId] !== undefined && this.plan.wires[node]?.[port] === undefined;
    if (isInside) return;
    this.at(node).left += count;
    this.ports[`${node}:${port}`] = (this.ports[`${node}:${port}`] ?? 0) + count;
    if (this.isAllTime) this.at(node).entered += count;
    else this.enter(this.plan?.wires[node]?.[port]?.to, count);
  }

  stands({ step, waiting, failed }: Standing): void {
    if (waiting + failed === 0) return;
    const node = this.at(nodeOf(step));
    node.failed += failed;
    node.waiting += waiting;
    if (this.isAllTime) node.entered += waiting + failed;
  }

  with(total: JourneyCounts["total"]): Omit<Numbers, "messages"> {
    const { plan } = this;
    if (plan) {
      // The trigger writes no journal: what entered the journey passed it.
      const trigger = this.at(plan.entryNode);
      const [port] = Object.keys(plan.wires[plan.entryNode] ?? {});
      trigger.entered = trigger.left = total.entered;
      if (port !== undefined) this.ports[`${plan.entryNode}:${port}`] = total.entered;
      if (!this.isAllTime) this.enter(plan.first, total.entered);
    }
    return { nodes: this.nodes, ports: this.ports, total };
  }

  private enter(to: StepId | null | undefined, count: number): void {
    if (to) this.at(nodeOf(to)).entered += count;
  }

  private at(node: string) {
    return (this.nodes[node] ??= { entered: 0, waiting: 0, left: 0, failed: 0 });
  }
}

/** By the primary key of traffic. */
const passages = (
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  since: Date | null,
): Promise<{ step: StepId; port: string; count: number }[]> =>
  tx.rows(sql`
    SELECT step, port, sum(count) AS count FROM traffic
    WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND hour >= ${since ?? "-infinity"}::timestamptz GROUP BY step, port`);
