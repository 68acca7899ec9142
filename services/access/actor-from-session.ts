import type { WorkspaceId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { type Actor, ROLES, type Role } from "./actor";
import { auth } from "./auth";

/**
 * The person behind a session cookie, in the workspace named by `x-workspace` or else the first granted to them.
 * Undefined when nobody is signed in or that workspace is not theirs.
 */
export async function actorFromSession(headers: Headers): Promise<Extract<Actor, { as: "user" }> | undefined> {
  if (!headers.get("cookie")) return undefined;
  const session = await auth().api.getSession({ headers });
  if (!session) return undefined;
  const wanted = headers.get("x-workspace");
  const granted = await engine((tx) =>
    tx.rows<{ workspace_id: WorkspaceId; role: string }>(sql`
    SELECT workspace_id, role FROM role_grant WHERE user_id = ${session.user.id} ORDER BY granted_at, workspace_id`),
  );
  const grant = wanted ? granted.find((g) => g.workspace_id === wanted) : granted[0];
  return grant && isRole(grant.role)
    ? { as: "user", workspace: grant.workspace_id, user: session.user.id, role: grant.role, name: session.user.name }
    : undefined;
}

const isRole = (text: string): text is Role => ROLES.some((role) => role === text);
