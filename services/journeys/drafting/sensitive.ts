import type { WorkspaceId } from "@/core/ids";
import type { Context } from "@/core/journey/problems";
import { type Reached, soughtBy } from "@/core/policy/reached-by";
import { sql, type Tx } from "@/platform/db";

/** The tags marked sensitive, and by segment which tags its members carry, those of segments it names among them; nothing where no tag is. */
export async function sensitiveOf(tx: Tx, workspace: WorkspaceId): Promise<NonNullable<Context["sensitive"]>> {
  const tags = await tx.rows<{ name: string }>(
    sql`SELECT name FROM tag WHERE workspace_id = ${workspace} AND is_sensitive ORDER BY name`,
  );
  if (tags.length === 0) return { tags: [], segments: {} };
  const rows = await tx.rows<{ id: string; rule: unknown }>(
    sql`SELECT id, rule FROM segment WHERE workspace_id = ${workspace} AND state <> 'deleted'`,
  );
  const rules = new Map(rows.map(({ id, rule }) => [id, soughtBy(rule)]));
  const segments = [...rules.keys()].flatMap((id) => {
    const wanted = tagsOf(id, rules);
    return wanted.length > 0 ? [[id, wanted] as const] : [];
  });
  return { tags: tags.map(({ name }) => name), segments: Object.fromEntries(segments) };
}

function tagsOf(segment: string, rules: ReadonlyMap<string, Reached>): string[] {
  const seen = new Set([segment]);
  for (const id of seen) for (const inner of rules.get(id)?.segments ?? []) seen.add(inner);
  return [...new Set([...seen].flatMap((id) => [...(rules.get(id)?.tags ?? [])]))].sort();
}
