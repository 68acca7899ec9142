import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { type Identity, normalIdentity } from "@/core/members/identity";
import { sql, type Tx } from "@/platform/db";
import { CALLED } from "../members/called";

const KINDS = ["userId", "email", "phone", "anonymousId"] as const;
export const LetterSender = z.object({
  as: z.enum(KINDS),
  value: z.string().describe("as it was sent"),
  member: z.string().nullable().describe("who is known by it today"),
  memberName: z.string().nullable(),
});
type LetterSender = z.infer<typeof LetterSender>;
type Said = { userId?: unknown; anonymousId?: unknown; traits?: unknown; context?: unknown };

/** Whose each of these messages is, in their order, as they say it themselves: by user id, else by email, phone or anonymous id. */
export async function sendersOf(
  tx: Tx,
  workspace: WorkspaceId,
  messages: readonly Said[],
): Promise<(LetterSender | null)[]> {
  const named = messages.map(namedIn);
  const asked = named.flatMap((one) => (one?.identity ? [one.identity] : []));
  const known = await tx.rows<Identity & { member: string; memberName: string | null }>(sql`
    SELECT i.kind, i.value, m.id AS member, ${CALLED} AS "memberName"
    FROM identity i JOIN member m ON m.workspace_id = i.workspace_id AND m.id = i.member_id
    WHERE i.workspace_id = ${workspace}
      AND (i.kind, i.value) IN (SELECT * FROM unnest(${asked.map(({ kind }) => kind)}::text[], ${asked.map(({ value }) => value)}::text[]))`);
  return named.map((one) => {
    if (!one) return null;
    const { as, value, identity } = one;
    const owner = known.find((each) => each.kind === identity?.kind && each.value === identity?.value);
    return { as, value, member: owner?.member ?? null, memberName: owner?.memberName ?? null };
  });
}

function namedIn({ userId, anonymousId, traits, context }: Said) {
  const told = { ...Object(Object(context).traits), ...Object(traits) };
  const said = { userId, anonymousId, email: told.email, phone: told.phone };
  for (const as of KINDS) {
    const value = said[as];
    if ((typeof value !== "string" && typeof value !== "number") || value === "") continue;
    const text = String(value).slice(0, 255);
    return { as, value: text, identity: normalIdentity(as, text) };
  }
  return null;
}
