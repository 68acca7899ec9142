import { z } from "zod";

/** Whose publish waits for a second person: nobody's, theirs who may not approve, everybody's. */
export const APPROVALS = ["never", "by_role", "always"] as const;
export type Approval = (typeof APPROVALS)[number];

export const PublishingSettings = z.strictObject({ approval: z.enum(APPROVALS).default("never") });
export type PublishingSettings = z.infer<typeof PublishingSettings>;

/** Whether a publish by this hand needs a second person first. A program has no eyes, so it never counts as one who may approve. */
export function needsApproval(approval: Approval, by: { isPerson: boolean; mayApprove: boolean }): boolean {
  switch (approval) {
    case "never":
      return false;
    case "by_role":
      return !(by.isPerson && by.mayApprove);
    case "always":
      return true;
    default:
      return approval satisfies never;
  }
}
