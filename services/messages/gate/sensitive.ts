import type { PlanId, WorkspaceId } from "@/core/ids";
import type { Plan } from "@/core/plan/plan";
import { ANY_TAG, type Reached, reachedBy, reachOf } from "@/core/policy/reached-by";
import { sql, type Tx } from "@/platform/db";

/** Per plan, which of the workspace's sensitive tags it reaches members by, through its own rules or those of its segments. */
export async function sensitiveTags(
  tx: Tx,
  workspace: WorkspaceId,
  plans: ReadonlyMap<PlanId, Plan>,
  sensitive: ReadonlySet<string>,
): Promise<Map<PlanId, string[]>> {
  const found = new Map<PlanId, string[]>();
  if (sensitive.size === 0) return found;
  for (const [id, plan] of plans) {
    const reached = reachOf(plan);
    const tags = new Set([...reached.tags, ...(await tagsOf(tx, workspace, reached.segments))]);
    found.set(id, tags.has(ANY_TAG) ? [...sensitive] : [...tags].filter((tag) => sensitive.has(tag)));
  }
  return found;
}

/** Through segments within segments, however deep: each is read once, so that a circle ends. */
async function tagsOf(tx: Tx, workspace: WorkspaceId, segments: ReadonlySet<string>): Promise<Set<string>> {
  const all: Reached = { tags: new Set(), segments: new Set(segments) };
  const read = new Set<string>();
  for (;;) {
    const fresh = [...all.segments].filter((id) => !read.has(id));
    if (fresh.length === 0) return all.tags;
    for (const id of fresh) read.add(id);
    const rows = await tx.rows<{ rule: unknown }>(
      sql`SELECT rule FROM segment WHERE workspace_id = ${workspace} AND id = ANY(${fresh}::uuid[])`,
    );
    for (const { rule } of rows) reachedBy(rule, all);
  }
}
