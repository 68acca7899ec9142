import { z } from "zod";
import { Instant } from "@/core/instant";
import type { JourneyDocument } from "@/core/journey/document";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { DocumentOutput } from "./document-input";

/** `live`: runs still on this version. */
const Version = z.object({
  version: z.int(),
  planId: z.string(),
  publishedBy: z.string(),
  publishedAt: Instant,
  isCurrent: z.boolean(),
  live: z.int(),
});

export const journeyVersions = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid() }),
  output: z.object({ items: z.array(Version) }),
  says: "A journey's published versions, newest first",
  async run({ tx, actor: { workspace } }, { journey }) {
    const found = await tx.one<{ planId: string | null }>(
      sql`SELECT plan_id AS "planId" FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`,
    );
    if (!found) return refuse("not_found", "no such journey");
    const items = await tx.rows<z.infer<typeof Version>>(sql`
      SELECT p.version, p.id AS "planId", p.published_by AS "publishedBy", p.published_at AS "publishedAt", p.id IS NOT DISTINCT FROM ${found.planId} AS "isCurrent", coalesce(r.live, 0) AS live
      FROM plan p
      LEFT JOIN (
        SELECT plan_id, count(*) AS live FROM run
        WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state IN ('ready', 'parked') GROUP BY plan_id) r ON r.plan_id = p.id
      WHERE p.workspace_id = ${workspace} AND p.journey_id = ${journey} ORDER BY p.version DESC LIMIT 200`);
    return ok({ items });
  },
});

export const journeyVersion = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid(), version: z.coerce.number().int().min(1).max(1_000_000) }),
  output: z.object({ version: z.int(), publishedBy: z.string(), publishedAt: Instant, document: DocumentOutput }),
  says: "The document of a published version",
  async run({ tx, actor: { workspace } }, { journey, version }) {
    const found = await tx.one<{
      version: number;
      publishedBy: string;
      publishedAt: Date;
      document: JourneyDocument;
    }>(sql`
      SELECT version, published_by AS "publishedBy", published_at AS "publishedAt", document FROM plan
      WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND version = ${version}`);
    return found ? ok(found) : refuse("not_found", "no such version");
  },
});
