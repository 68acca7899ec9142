import type { WorkspaceId } from "@/core/ids";
import { newId } from "@/platform/ids";
import type { Actor, Role } from "@/services/access/actor";

/** Somebody signed in with a role. */
export const actor = (workspace: WorkspaceId, role: Role = "owner"): Actor => ({
  as: "user",
  workspace,
  user: newId(),
  role,
  name: `a test's ${role}`,
});
