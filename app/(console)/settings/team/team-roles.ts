import type { TEAM_ROLES } from "@/services/access/people/person";

/** What somebody can be let in as, by what they may. */
export const ROLES = [
  "owner",
  "approver",
  "marketer",
  "ops",
  "viewer",
] as const satisfies readonly (typeof TEAM_ROLES)[number][];
