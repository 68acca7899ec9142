import { z } from "zod";
import { ok } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";

const Found = z.object({
  journeys: z.array(z.object({ id: z.string(), name: z.string(), state: z.string() })),
  members: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      phone: z.string().nullable(),
      email: z.string().nullable(),
      tier: z.string(),
    }),
  ),
});

const MOST = 6;

/** For ⌘K: journeys by a part of their name; members by name's beginning, phone's end, email's beginning or an exact identity. */
export const search = useCase({
  may: "member.read",
  input: z.object({ q: z.string().trim().min(1).max(120) }),
  output: Found,
  says: "Journeys and members by a few letters",
  async run({ tx, actor: { workspace } }, { q }) {
    const journeys = await tx.rows<z.infer<typeof Found>["journeys"][number]>(sql`
      SELECT id, name, state FROM journey
      WHERE workspace_id = ${workspace} AND state <> 'archived' AND strpos(lower(name), lower(${q})) > 0
      ORDER BY (state = 'live') DESC, updated_at DESC LIMIT ${MOST}`);
    const members = await tx.rows<z.infer<typeof Found>["members"][number]>(sql`
      SELECT m.id, m.name, m.phone, m.email, m.tier FROM member m
      WHERE m.workspace_id = ${workspace} AND m.merged_into IS NULL
        AND (starts_with(lower(m.name), lower(${q})) OR right(m.phone, ${q.length}) = ${q} OR m.phone = ${q} OR starts_with(lower(m.email), lower(${q}))
             OR m.id IN (SELECT i.member_id FROM identity i WHERE i.workspace_id = ${workspace} AND i.value = ${q}))
      ORDER BY m.last_seen_at DESC NULLS LAST LIMIT ${MOST}`);
    return ok({ journeys, members });
  },
});
