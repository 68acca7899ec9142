import { z } from "zod";
import type { JourneyId, PlanId, WorkspaceId } from "@/core/ids";
import { saysOf } from "@/core/journey/ask-kind";
import { compile } from "@/core/journey/compile";
import { diff, NODE_PARTS, SETTING_PARTS } from "@/core/journey/diff";
import type { JourneyDocument } from "@/core/journey/document";
import { rootOf } from "@/core/journey/rooted";
import { Saying } from "@/core/journey/saying";
import { isNode, sameSteps, usualFates } from "@/core/plan/map-forward";
import type { Plan } from "@/core/plan/plan";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { inspectDraft } from "../drafting/inspect-draft";
import { FateInput, standingOn } from "./fates";

const Edge = z.object({ from: z.string(), port: z.string(), to: z.string() });
const Part = z.object({ node: z.string() });
export const DiffView = z.object({
  nodes: z.object({
    added: z.array(Part),
    removed: z.array(Part),
    changed: z.array(z.object({ node: z.string(), was: z.string(), parts: z.array(z.enum(NODE_PARTS)) })),
  }),
  edges: z.object({ added: z.array(Edge), removed: z.array(Edge) }),
  settings: z.array(z.enum(SETTING_PARTS)),
});

const NodeLine = z.object({
  node: z.string(),
  kind: z.string(),
  title: z.string().nullable(),
  says: Saying.describe("what it does: its name without a title"),
});
const Standing = NodeLine.extend({
  change: z
    .enum(["same", "changed", "replaced", "removed"])
    .describe("of its steps, between what is published and the draft"),
  waiting: z.int(),
  ready: z.int().describe("on their way at this moment, or held by a pause"),
  suggested: FateInput,
});
export const PublishPreview = z.object({
  /** What is published now; null before the first. */
  version: z.int().nullable(),
  revision: z.int().describe("the draft's that this was read of: publish with it, so that nothing else is published"),
  becomes: z.int().nullable().describe("the version that publishing makes current; null while it cannot be published"),
  isAgain: z.boolean().describe("that version was published before: the drawing is the same, and keeps its number"),
  holdout: z
    .object({ from: z.number(), to: z.number() })
    .nullable()
    .describe(
      "the share of members kept out, in percent, where publishing changes it; whoever it has met keeps their arm. null: it stays",
    ),
  isPublishable: z.boolean(),
  diff: DiffView.nullable(),
  /** Nodes of the published version with members at them. Empty for a draft that has errors. */
  nodes: z.array(Standing),
  /** Where members can be moved: the draft's nodes. */
  targets: z.array(NodeLine),
  /** Members on older versions still: they finish those, whatever is chosen. */
  older: z.int(),
});
export type PublishPreview = z.infer<typeof PublishPreview>;

type Row = {
  revision: number;
  version: number | null;
  document: JourneyDocument;
  plan: PlanId | null;
  body: Plan | null;
  published: JourneyDocument | null;
};

/** What publishing the draft would do to the members on their way, before it is done. */
export const publishPreview = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid().transform((id) => id as JourneyId) }),
  output: PublishPreview,
  says: "Where publishing the draft would take the members on their way",
  async run({ tx, actor: { workspace }, now }, { journey }) {
    const row = await tx.one<Row>(sql`
      SELECT j.revision, j.version, j.document, j.plan_id AS plan, p.body, p.document AS published
      FROM journey j LEFT JOIN plan p ON p.workspace_id = j.workspace_id AND p.id = j.plan_id
      WHERE j.workspace_id = ${workspace} AND j.id = ${journey}`);
    if (!row) return refuse("not_found", "no such journey");
    const { document, problems } = await inspectDraft(tx, workspace, row.document, now, journey);
    const isPublishable = document !== undefined && problems.every(({ severity }) => severity !== "error");
    const holdout = row.published && document && shares(row.published, document);
    const head = { version: row.version, revision: row.revision, holdout: holdout ?? null, isPublishable };
    const changes = row.published && document ? diff(row.published, document) : null;
    if (!isPublishable)
      return ok<PublishPreview>({
        ...head,
        becomes: null,
        isAgain: false,
        diff: changes,
        nodes: [],
        targets: [],
        older: 0,
      });
    const to = compile(document, { workspace, journey, version: (row.version ?? 0) + 1 });
    const number = await versionOf(tx, workspace, to);
    if (!row.body || !row.published)
      return ok<PublishPreview>({ ...head, ...number, diff: changes, nodes: [], targets: [], older: 0 });
    const standing = await standingOn(tx, workspace, row.body);
    const older = await tx.one<{ n: number }>(sql`
      SELECT count(*)::int AS n FROM run WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state IN ('ready', 'parked') AND plan_id <> ${row.plan}`);
    return ok<PublishPreview>({
      ...head,
      ...number,
      diff: changes,
      nodes: standingNodes({ plan: row.body, document: row.published }, { plan: to, document }, standing),
      targets: document.nodes.filter((node) => isNode(to, rootOf(node))).map(lineOf),
      older: older?.n ?? 0,
    });
  },
});

/** How the share of members changes that is kept out for comparison. */
function shares(was: JourneyDocument, is: JourneyDocument): PublishPreview["holdout"] {
  const [from, to] = [was, is].map(({ settings }) => settings.holdout?.percent ?? 0);
  return from === undefined || to === undefined || from === to ? null : { from, to };
}

/** The number under which a plan is, or would be, published: a drawing that was published before keeps its own. */
async function versionOf(
  tx: Tx,
  workspace: WorkspaceId,
  { journey, id }: Plan,
): Promise<{ becomes: number; isAgain: boolean }> {
  const last = await tx.one<{ own: number | null; next: number }>(sql`
    SELECT max(version) FILTER (WHERE id = ${id}) AS own, coalesce(max(version), 0) + 1 AS next
    FROM plan WHERE workspace_id = ${workspace} AND journey_id = ${journey}`);
  return { becomes: last?.own ?? last?.next ?? 1, isAgain: typeof last?.own === "number" };
}

type Drawn = { plan: Plan; document: JourneyDocument };

/** In the order of the drawing; what changed for its members comes first. */
function standingNodes(
  from: Drawn,
  to: Drawn,
  standing: Map<string, { waiting: number; ready: number }>,
): z.infer<typeof Standing>[] {
  const usual = usualFates(from.plan, to.plan);
  const same = sameSteps(from.plan, to.plan);
  const now = new Map(to.document.nodes.map((node) => [rootOf(node), node]));
  return from.document.nodes
    .flatMap((node): z.infer<typeof Standing>[] => {
      const root = rootOf(node);
      const counts = standing.get(root);
      const fate = usual[root];
      if (!counts || !fate) return [];
      const next = now.get(root);
      const isSame = Object.keys(from.plan.steps).every(
        (step) => !step.startsWith(`${root}.`) || same.has(step as never),
      );
      return [
        {
          ...lineOf(node),
          ...counts,
          change: !next ? "removed" : next.id !== node.id ? "replaced" : isSame ? "same" : "changed",
          suggested: fate.is === "move" ? { is: "move", to: next?.id ?? fate.to } : fate,
        },
      ];
    })
    .sort((a, b) => RANK[a.change] - RANK[b.change]);
}
const RANK = { removed: 0, replaced: 1, changed: 2, same: 3 } as const;

const lineOf = ({ id, kind, title, config }: JourneyDocument["nodes"][number]) => ({
  node: id,
  kind,
  title: title ?? null,
  says: saysOf({ kind, config }),
});
