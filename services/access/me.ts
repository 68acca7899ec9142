import { z } from "zod";
import { ok } from "@/core/refusals";
import { sql, unscoped } from "@/platform/db";
import type { Role } from "./actor";
import { can, PERMISSIONS, type Permission } from "./may";
import { firstPasswordMark } from "./one-time-password";
import { useCase } from "./use-case";

export type Me = {
  as: "user" | "key" | "system";
  name: string;
  workspace: string;
  permissions: Permission[];
  user?: string;
  role?: Role;
  /** The printed one-time password is still in use and should be changed. */
  isFirstPassword?: boolean;
};

export const readMe = useCase({
  may: "known",
  input: z.object({}),
  says: "Who is calling, and what they may",
  async run({ tx, actor }) {
    const permissions = PERMISSIONS.filter((permission) => can(actor, permission));
    if (actor.as !== "user") return ok<Me>({ as: actor.as, name: actor.name, workspace: actor.workspace, permissions });
    // verification is better-auth's, outside the tenant role's reach.
    const mark = await unscoped(tx, () =>
      tx.one(
        sql`SELECT id FROM verification WHERE identifier = ${firstPasswordMark(actor.user)} AND expires_at > now()`,
      ),
    );
    return ok<Me>({
      as: actor.as,
      user: actor.user,
      name: actor.name,
      role: actor.role,
      workspace: actor.workspace,
      permissions,
      isFirstPassword: mark !== undefined,
    });
  },
});
