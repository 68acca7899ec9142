import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { diff } from "@/core/journey/diff";
import type { JourneyDocument } from "@/core/journey/document";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { namesOf } from "../../access/names";
import { useCase } from "../../access/use-case";
import { DocumentOutput } from "../drafting/document-input";
import { putJourney } from "../drafting/put";
import { JourneyView, Revision } from "../journey-view";
import { DiffView } from "./publish-preview";

const Comment = z.object({ id: z.string(), text: z.string(), byName: z.string().nullable(), at: Instant });
/** `live`: runs still on this version. */
const Version = z.object({
  version: z.int(),
  planId: z.string(),
  publishedBy: z.string().describe("as the audit names actors"),
  publishedByName: z.string().nullable(),
  askedByName: z.string().nullable().describe("who asked for it, where a second person published it"),
  publishedAt: Instant,
  isCurrent: z.boolean(),
  live: z.int(),
  comments: z.array(Comment).describe("oldest first"),
});
const VersionList = z.object({ items: z.array(Version) });
export type VersionList = z.infer<typeof VersionList>;
type Said = { version: number; id: string; text: string; by: string; at: Date };

export const journeyVersions = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid() }),
  output: VersionList,
  says: "A journey's published versions, newest first",
  async run({ tx, actor: { workspace } }, { journey }) {
    const found = await tx.one<{ planId: string | null }>(
      sql`SELECT plan_id AS "planId" FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`,
    );
    if (!found) return refuse("not_found", "no such journey");
    const versions = await tx.rows<
      Omit<z.infer<typeof Version>, "publishedByName" | "askedByName" | "comments"> & { askedBy: string | null }
    >(sql`
      SELECT p.version, p.id AS "planId", p.published_by AS "publishedBy", p.published_at AS "publishedAt", p.id IS NOT DISTINCT FROM ${found.planId} AS "isCurrent", coalesce(r.live, 0) AS live, a.asked_by AS "askedBy"
      FROM plan p
      LEFT JOIN (
        SELECT plan_id, count(*) AS live FROM run
        WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state IN ('ready', 'parked') GROUP BY plan_id) r ON r.plan_id = p.id
      LEFT JOIN LATERAL (
        SELECT asked_by FROM publish_request q
        WHERE q.workspace_id = p.workspace_id AND q.journey_id = p.journey_id AND q.version = p.version ORDER BY q.asked_at LIMIT 1) a ON true
      WHERE p.workspace_id = ${workspace} AND p.journey_id = ${journey} ORDER BY p.version DESC LIMIT 200`);
    const comments = await tx.rows<Said>(sql`
      SELECT version, id, text, written_by AS by, written_at AS at FROM version_comment
      WHERE workspace_id = ${workspace} AND journey_id = ${journey} ORDER BY version DESC, written_at, id LIMIT 1000`);
    const names = await namesOf(tx, workspace, [
      ...versions.flatMap(({ publishedBy, askedBy }) => [publishedBy, askedBy]),
      ...comments.map(({ by }) => by),
    ]);
    const named = (by: string | null) => (by === null ? null : (names.get(by) ?? null));
    const items = versions.map(({ askedBy, ...version }) => ({
      ...version,
      publishedByName: named(version.publishedBy),
      askedByName: named(askedBy),
      comments: comments
        .filter((said) => said.version === version.version)
        .map(({ id, text, by, at }) => ({ id, text, byName: named(by), at })),
    }));
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

const WHICH = z.union([z.literal("draft"), z.coerce.number().int().min(1).max(1_000_000)], {
  error: "should be a version's number, or draft",
});

export const journeyDiff = useCase({
  may: "journey.read",
  input: z.object({
    journey: z.uuid(),
    from: WHICH.describe("a version, or draft"),
    to: WHICH.default("draft").describe("a version, or draft"),
  }),
  output: DiffView,
  says: "What changed between two versions, or a version and the draft",
  async run({ tx, actor: { workspace } }, { journey, from, to }) {
    const [was, is] = [await documentOf(tx, workspace, journey, from), await documentOf(tx, workspace, journey, to)];
    return was && is ? ok(diff(was, is)) : refuse("not_found", "no such version");
  },
});

/** The old drawing becomes the draft; what is published goes on as it was until the draft is. */
export const restoreVersion = useCase({
  may: "journey.write",
  input: z.strictObject({
    journey: z.uuid(),
    version: z.coerce.number().int().min(1).max(1_000_000),
    revision: Revision.describe(
      "the draft's, as it was seen; an older one than the stored is refused with revision_changed",
    ),
  }),
  output: JourneyView,
  audit: "journey.restored",
  says: "Take a published version back into the draft",
  async run(call, { journey, version, revision }) {
    const document = await documentOf(call.tx, call.actor.workspace, journey, version);
    return document ? putJourney.run(call, { journey, document, revision }) : refuse("not_found", "no such version");
  },
});

async function documentOf(
  tx: Tx,
  workspace: WorkspaceId,
  journey: string,
  which: "draft" | number,
): Promise<JourneyDocument | undefined> {
  const found = await tx.one<{ document: JourneyDocument }>(
    which === "draft"
      ? sql`SELECT document FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`
      : sql`SELECT document FROM plan WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND version = ${which}`,
  );
  return found?.document;
}
