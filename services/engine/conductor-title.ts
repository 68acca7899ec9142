import type { WorkspaceId } from "@/core/ids";
import { peek, type Sql, sql } from "@/platform/db";

/**
 * What a conductor is called in Temporal's UI, as its workflow's type: `journey: Welcome`, `sender: sms · Greenleaf`. The word before the colon is
 * the kind, by which `workflows/named.ts` knows what to do; what is behind it may change at any time. Of what is no longer there only the kind.
 */
export async function conductorTitle(workspace: WorkspaceId, conductor: string): Promise<string> {
  const [kind = "", subject = "", last = ""] = conductor.split("/");
  const [row] = await peek<{ name: string }>(nameOf(workspace, kind, subject, last));
  return row ? `${kind}: ${row.name}` : kind;
}

function nameOf(workspace: WorkspaceId, kind: string, subject: string, last: string): Sql {
  switch (kind) {
    case "journey":
      return sql`SELECT name FROM journey WHERE workspace_id = ${workspace} AND id = ${subject}`;
    case "broadcast":
      return sql`
        SELECT j.name FROM broadcast b JOIN journey j ON j.workspace_id = b.workspace_id AND j.id = b.journey_id
        WHERE b.workspace_id = ${workspace} AND b.id = ${subject}`;
    case "job":
      return sql`
        SELECT concat_ws(' · ', job.kind, j.name) AS name FROM job LEFT JOIN journey j ON j.workspace_id = job.workspace_id AND j.id = job.journey_id
        WHERE job.workspace_id = ${workspace} AND job.id = ${subject}`;
    case "sender":
      return sql`SELECT ${last}::text || ' · ' || name AS name FROM workspace WHERE id = ${workspace}`;
    default:
      return sql`SELECT name FROM workspace WHERE id = ${workspace}`;
  }
}
