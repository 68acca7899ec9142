import type { WorkspaceId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { type Actor, ROLES, type Role } from "./actor";
import { auth } from "./auth";
import { ADVISED, firstPasswordMark } from "./one-time-password";

/** Somebody who is signed in. `mustChange`: with a one-time password, which they have to replace before they may do anything. */
export type Session = { actor: Extract<Actor, { as: "user" }>; mustChange: boolean };

/**
 * The person behind a session cookie, in the workspace named by `x-workspace` or else the first granted to them.
 * Undefined when nobody is signed in or that workspace is not theirs.
 */
export async function sessionOf(headers: Headers): Promise<Session | undefined> {
  if (!headers.get("cookie")) return undefined;
  const session = await auth().api.getSession({ headers });
  if (!session) return undefined;
  const wanted = headers.get("x-workspace");
  const granted = await engine((tx) =>
    tx.rows<{ workspace_id: WorkspaceId; role: string; mustChange: boolean }>(sql`
    SELECT workspace_id, role, EXISTS (SELECT FROM verification WHERE identifier = ${firstPasswordMark(session.user.id)} AND value <> ${ADVISED}) AS "mustChange"
    FROM role_grant WHERE user_id = ${session.user.id} ORDER BY granted_at, workspace_id`),
  );
  const grant = wanted ? granted.find((g) => g.workspace_id === wanted) : granted[0];
  if (!grant || !isRole(grant.role)) return undefined;
  const { id: user, name } = session.user;
  return {
    actor: { as: "user", workspace: grant.workspace_id, user, role: grant.role, name },
    mustChange: grant.mustChange,
  };
}

/** The person who may act by a session cookie. */
export async function actorFromSession(headers: Headers): Promise<Session["actor"] | undefined> {
  const session = await sessionOf(headers);
  return session && !session.mustChange ? session.actor : undefined;
}

const isRole = (text: string): text is Role => ROLES.some((role) => role === text);
