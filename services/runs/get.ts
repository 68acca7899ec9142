import { z } from "zod";
import { eventName } from "@/core/events/event-name";
import { type JourneyId, type MemberId, nodeOf, type PlanId, type RunId, type WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import type { JourneyDocument } from "@/core/journey/document";
import { kindOf } from "@/core/journey/registry";
import { CHANNELS } from "@/core/message/channel";
import { MAIL } from "@/core/plan/control";
import type { Plan } from "@/core/plan/plan";
import { ok, refuse } from "@/core/refusals";
import type { Explanation } from "@/core/rules/explain";
import type { EventFacts, RunVars } from "@/core/rules/facts";
import { Words } from "@/core/words";
import { sql, type Tx } from "@/platform/db";
import { can } from "../access/may";
import { useCase } from "../access/use-case";
import { Asked, readAsked } from "./asked";
import { type Drawing, drawnStep, leadsInside, nodeIn } from "./drawn";
import { Handling, inNodes, readHandled } from "./handlings";
import { HeldBy, heldBy } from "./held-by";
import { NamedStep, named } from "./named-step";
import { RunLine, readRunLines } from "./run-line";
import { doesAt, inStepWords } from "./step-words";
import { type Waited, waitedAt } from "./time-up";
import { varsWithoutCodes, veilOf, withoutCodes } from "./veil";
import { type Line, walked } from "./walk";
import { Finding, type Names, whyInWords } from "./why";

const Step = z.object({
  step: z.string(),
  node: z.string(),
  kind: z.string().nullable(),
  title: Words,
  nodeTitle: NamedStep.shape.nodeTitle,
  nodeSays: NamedStep.shape.nodeSays,
  lap: z.int(),
  port: z.string().nullable(),
  portName: Words.nullable().describe("the way out of the node, where it has several"),
  does: Words.nullable().describe("what this step of the node does; null where it is the whole node"),
  way: Words.nullable().describe("how this step of the node went on, where it might have otherwise"),
  at: Instant,
  says: Words.nullable().describe("why it went this way"),
  findings: z.array(Finding),
  config: z.record(z.string(), z.unknown()).nullable().describe("the node as drawn; null: no longer in the drawing"),
  sent: z
    .array(
      z.object({
        id: z.string(),
        channel: z.enum(CHANNELS),
        state: z.string(),
        reason: z.string().nullable(),
        words: z
          .string()
          .nullable()
          .describe("how it begins, as it was written; null: it was not, or is not the caller's to read"),
      }),
    )
    .describe("its messages, and what has become of them"),
  called: z
    .object({
      id: z.string(),
      host: z.string(),
      state: z.enum(["queued", "claimed", "done", "failed"]),
      status: z.int().nullable().describe("what the receiver answered last"),
      reason: z.string().nullable().describe("why it failed, or is to be tried again"),
      attempts: z.int(),
    })
    .nullable()
    .describe("its webhook, and what has become of it"),
  asked: Asked.nullable().describe(
    "the task, approval or survey that it opened; null too without the permission task.read",
  ),
  gave: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe(
      "what the node's effects gave: coupon (of several the last, with those before it), points, message; codes only for who may read coupons",
    ),
});
export const RunView = RunLine.extend({
  plan: z.string(),
  entryKey: z.string(),
  lap: z.int(),
  parkedAt: Instant.nullable(),
  isHeld: z
    .boolean()
    .describe("kept out for comparison: it gets nothing, its goals and exits are counted until `dueAt`"),
  holdout: HeldBy.nullable().describe("of one that is held: which holdout keeps its member out, since when"),
  conductor: z.string().describe("the workflow in Temporal"),
  standsAt: z
    .object({
      kind: z.string(),
      config: z.record(z.string(), z.unknown()),
      does: Words.nullable().describe("what the step of the node does; null where it is the whole node"),
    })
    .nullable()
    .describe("the node it stands at, as drawn"),
  entry: z
    .object({
      id: z.string(),
      name: z.string(),
      label: Words,
      properties: z.record(z.string(), z.unknown()),
      occurredAt: Instant,
    })
    .nullable(),
  entryFindings: z
    .array(Finding)
    .describe(
      "the journey's own conditions as they were found on entering; none where it has none, or asked a whole segment",
    ),
  vars: z.record(z.string(), z.unknown()),
  steps: z.array(Step),
  handlings: z.array(Handling).describe("what was done to it from outside, oldest first"),
});
export type RunView = z.infer<typeof RunView>;
type Row = {
  plan: PlanId;
  entryKey: string;
  lap: number;
  shard: number;
  parkedAt: Date | null;
  isHeld: boolean;
  entry: Partial<EventFacts>;
  entryWhy: Explanation | null;
  vars: RunVars;
  body: Plan;
  document: JourneyDocument;
  currency: string;
  zone: string;
};

/** One run: where it stands, what started it, and each step with its time, the way it went and why, in words. */
export const getRun = useCase({
  may: "run.read",
  input: z.object({ run: z.uuid() }),
  output: RunView,
  says: "One run with each step, decision and reason",
  async run({ tx, actor }, { run }) {
    const { workspace } = actor;
    const [line] = await readRunLines(tx, actor, sql`r.id = ${run}`, sql`r.id`, 1);
    const row = await tx.one<Row>(sql`
      SELECT r.plan_id AS plan, r.entry_key AS "entryKey", r.lap, r.shard, r.parked_at AS "parkedAt", r.is_held AS "isHeld", r.entry_event AS entry, r.entry_why AS "entryWhy", r.vars, p.body, p.document, w.currency, w.time_zone AS zone
      FROM run r JOIN plan p ON p.workspace_id = r.workspace_id AND p.id = r.plan_id JOIN workspace w ON w.id = r.workspace_id
      WHERE r.workspace_id = ${workspace} AND r.id = ${run}`);
    if (!line || !row) return refuse("not_found", "no such run");
    const lines = await tx.rows<Line>(
      sql`SELECT step, lap, port, at, why FROM journal WHERE workspace_id = ${workspace} AND run_id = ${run}`,
    );
    // By message_member.
    const sent = await tx.rows<Sent>(sql`
      SELECT id, step, lap, channel, state, reason,
        CASE WHEN ${can(actor, "message.read")} THEN left(coalesce(rendered ->> 'subject', rendered ->> 'title', rendered ->> 'text', rendered ->> 'body'), 160) END AS words
      FROM message
      WHERE workspace_id = ${workspace} AND member_id = ${line.member} AND run_id = ${run} ORDER BY id`);
    // By webhook_call_member.
    const called = await tx.rows<Called>(sql`
      SELECT id, step, lap, host, state, status, reason, attempts FROM webhook_call
      WHERE workspace_id = ${workspace} AND member_id = ${line.member} AND run_id = ${run}`);
    const handled = await readHandled(tx, workspace, run as RunId);
    const asked = can(actor, "task.read") ? await readAsked(tx, workspace, run) : [];
    const { body, document, currency, zone, shard, entry, entryWhy, ...rest } = row;
    const veil = veilOf(actor);
    const vars = varsWithoutCodes(row.vars, veil);
    const drawings = [{ body, document }, ...(await earlier(tx, workspace, line.journey, { document, lines }))];
    const stands = nodeIn(document, line.node);
    const names: Names = {
      currency,
      zone,
      coupons: true,
      veil,
      eventOf: await eventNames(tx, workspace, lines),
      ...(entry.name !== undefined && { entry: entry.name, event: entry.name }),
    };
    return ok<RunView>({
      ...line,
      ...rest,
      vars,
      holdout: row.isHeld
        ? await heldBy(tx, workspace, { journey: line.journey as JourneyId, member: line.member as MemberId, zone })
        : null,
      conductor: `journey/${line.journey}/${shard}`,
      standsAt: stands ? { kind: stands.kind, config: stands.config, does: doesAt(line.step, drawings) } : null,
      entry:
        entry.id && entry.name
          ? {
              id: entry.id,
              name: entry.name,
              label: eventName(entry.name),
              properties: withoutCodes(entry.properties ?? {}, veil),
              occurredAt: new Date(entry.occurredAt ?? line.enteredAt),
            }
          : null,
      entryFindings: whyInWords(entryWhy, names)?.findings ?? [],
      handlings: inNodes(handled, drawings),
      steps: walked(body, lines).map((one) =>
        stepView(one, drawings, vars, names, {
          sent,
          called,
          asked,
          waited: waitedAt(one, { lines, handled, entered: line.enteredAt }),
        }),
      ),
    });
  },
});

/** How the journey was drawn before, of steps that a run passed and its drawing has no more: the newest versions with any of them. */
async function earlier(
  tx: Tx,
  workspace: WorkspaceId,
  journey: string,
  { document, lines }: { document: JourneyDocument; lines: readonly Line[] },
): Promise<Drawing[]> {
  const passed = lines.filter(({ step }) => step !== MAIL).map(({ step }) => nodeOf(step));
  const missing = [...new Set(passed)].filter((root) => !nodeIn(document, root));
  if (missing.length === 0) return [];
  return tx.rows<Drawing>(sql`
    SELECT p.body, p.document FROM plan p WHERE p.workspace_id = ${workspace} AND p.journey_id = ${journey}
      AND EXISTS (SELECT FROM jsonb_array_elements(p.document -> 'nodes') AS n WHERE coalesce(n ->> 'replaces', n ->> 'id') = ANY(${missing}::text[]))
    ORDER BY p.version DESC LIMIT 10`);
}

type Sent = z.infer<typeof Step>["sent"][number] & { step: string; lap: number };
type Called = NonNullable<z.infer<typeof Step>["called"]> & { step: string; lap: number };
function stepView(
  { step, lap, port, at, why }: Line,
  drawings: Drawing[],
  vars: RunVars,
  names: Names,
  made: {
    sent: readonly Sent[];
    called: readonly Called[];
    asked: Awaited<ReturnType<typeof readAsked>>;
    waited: Waited;
  },
): z.infer<typeof Step> {
  const id = step === MAIL ? MAIL : nodeOf(step);
  const drawn = drawnStep(step, drawings);
  const { node } = drawn;
  const { nodeTitle, nodeSays } = named(id, node);
  const { order: _, ...gave } = vars[id] ?? { order: 0 };
  const isLast = !port?.startsWith("@") && !leadsInside(drawn, port) && node && kindOf(node.kind)?.family === "action";
  const own = <T extends object>(all: readonly (T & { step: string; lap: number })[]) =>
    all.flatMap(({ step: of, lap: round, ...one }) => (of === step && round === lap ? [one] : []));
  return {
    step,
    node: id,
    kind: node?.kind ?? null,
    config: node?.config ?? null,
    sent: own(made.sent),
    called: own(made.called)[0] ?? null,
    asked: own(made.asked)[0] ?? null,
    ...inStepWords({ step, port, why }, drawings, names, made.waited),
    nodeTitle,
    nodeSays,
    lap,
    port,
    at,
    gave: isLast && Object.keys(gave).length > 0 ? gave : null,
  };
}

/** Names of the events that lines tell by id; a derived event has no row, and then the line says it without its name. */
async function eventNames(
  tx: Tx,
  workspace: WorkspaceId,
  lines: readonly Line[],
): Promise<(id: string) => string | undefined> {
  const said = new Map<string, string>();
  const ids: string[] = [];
  for (const { why } of lines) {
    if (typeof why !== "object" || why === null || !("event" in why) || typeof why.event !== "string") continue;
    if ("name" in why && typeof why.name === "string") said.set(why.event, why.name);
    else ids.push(why.event);
  }
  if (ids.length > 0)
    for (const { id, name } of await tx.rows<{ id: string; name: string }>(
      sql`SELECT id, name FROM event WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`,
    ))
      said.set(id, name);
  return (id) => said.get(id);
}
