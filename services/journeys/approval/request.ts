import { z } from "zod";
import type { JourneyId, WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { type Sql, sql, type Tx } from "@/platform/db";
import { namesOf } from "../../access/names";
import { takeJourney } from "../../plans/hold";
import { Moves } from "../publishing/fates";

const STATES = ["open", "approved", "rejected", "withdrawn", "outdated"] as const;
export const RequestState = z.enum(STATES);

/** Somebody's wish to publish a draft, and what became of it. */
export const RequestView = z.object({
  id: z.string(),
  journey: z.string(),
  journeyName: z.string(),
  revision: z.int().describe("the draft's, as it was when this was asked"),
  isOutdated: z.boolean().describe("the draft was changed since: it has to be asked for again"),
  moves: Moves,
  note: z.string(),
  state: RequestState,
  askedBy: z.string().describe("as the audit names actors"),
  askedByName: z.string().nullable(),
  askedAt: Instant,
  decidedByName: z.string().nullable(),
  decidedAt: Instant.nullable(),
  words: z.string().nullable(),
  version: z.int().nullable().describe("what an approved one became"),
});
export type RequestView = z.infer<typeof RequestView>;

type Row = Omit<RequestView, "askedByName" | "decidedByName"> & { decidedBy: string | null };

export async function readRequests(tx: Tx, workspace: WorkspaceId, where: Sql, limit: number): Promise<RequestView[]> {
  const rows = await tx.rows<Row>(sql`
    SELECT r.id, r.journey_id AS journey, j.name AS "journeyName", r.revision, r.revision <> j.revision AS "isOutdated", r.moves, r.note, r.state,
      r.asked_by AS "askedBy", r.asked_at AS "askedAt", r.decided_by AS "decidedBy", r.decided_at AS "decidedAt", r.words, r.version
    FROM publish_request r JOIN journey j ON j.workspace_id = r.workspace_id AND j.id = r.journey_id
    WHERE r.workspace_id = ${workspace} AND ${where} ORDER BY r.asked_at DESC, r.id LIMIT ${limit}`);
  const names = await namesOf(
    tx,
    workspace,
    rows.flatMap(({ askedBy, decidedBy }) => [askedBy, decidedBy]),
  );
  return rows.map(({ decidedBy, ...row }) => ({
    ...row,
    askedByName: names.get(row.askedBy) ?? null,
    decidedByName: (decidedBy && names.get(decidedBy)) ?? null,
  }));
}

export type OpenRequest = { journey: JourneyId; revision: number; moves: Moves; note: string; askedBy: string };

/**
 * An open request, held until the transaction ends. The journey is taken first, as whoever publishes does, so that nobody waits in a circle.
 */
export async function holdRequest(tx: Tx, workspace: WorkspaceId, id: string): Promise<OpenRequest | undefined> {
  const found = await tx.one<{ journey: JourneyId }>(
    sql`SELECT journey_id AS journey FROM publish_request WHERE workspace_id = ${workspace} AND id = ${id} AND state = 'open'`,
  );
  if (!found) return undefined;
  takeJourney(tx, found.journey);
  await tx.one(
    sql`SELECT 1 FROM journey WHERE workspace_id = ${workspace} AND id = ${found.journey} FOR NO KEY UPDATE`,
  );
  return tx.one<OpenRequest>(sql`
    SELECT journey_id AS journey, revision, moves, note, asked_by AS "askedBy" FROM publish_request
    WHERE workspace_id = ${workspace} AND id = ${id} AND state = 'open' FOR UPDATE`);
}
