import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { type Sql, sql, type Tx } from "@/platform/db";
import { DocumentOutput } from "./drafting/document-input";

export const JOURNEY_STATES = ["draft", "live", "paused", "stopped", "archived"] as const;
export const JourneyState = z.enum(JOURNEY_STATES);

/** What a caller says of the draft's revision: as many as the database counts. */
export const Revision = z.int().min(1).max(2_147_483_647);

const Head = {
  id: z.string(),
  name: z.string(),
  state: JourneyState,
  stateReason: z.string().nullable(),
  /** Goes up with every save; a save with an older one is refused. */
  revision: z.int(),
  /** The published version; null before the first. */
  version: z.int().nullable(),
  /** The draft differs from what is published. */
  hasChanges: z.boolean(),
  labels: z.array(z.string()),
  priority: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
  publishedAt: Instant.nullable(),
};

/** A journey with its draft. */
export const JourneyView = z.object({ ...Head, document: DocumentOutput });
export type JourneyView = z.infer<typeof JourneyView>;

/** A journey in a list. `live`, `failed`: standing now; the others: of the last seven days. */
export const JourneyLine = z.object({
  ...Head,
  /** The event that starts it, or the kind of its trigger; of a draft, what it would start with. */
  trigger: z.string().nullable(),
  counts: z.object({
    live: z.int(),
    failed: z.int(),
    entered: z.int(),
    goals: z.int(),
    worth: z.int().describe("what those goals were worth, in minor units; 0 where the goal has no value"),
  }),
});
export type JourneyLine = z.infer<typeof JourneyLine>;

const HEAD = sql`
  j.id, j.name, j.state, j.state_reason AS "stateReason", j.revision, j.version, j.document IS DISTINCT FROM p.document AS "hasChanges",
  j.labels, j.priority, j.created_at AS "createdAt", j.updated_at AS "updatedAt", j.published_at AS "publishedAt"`;
const FROM = sql`FROM journey j LEFT JOIN plan p ON p.workspace_id = j.workspace_id AND p.id = j.plan_id`;

export const readJourney = (tx: Tx, workspace: WorkspaceId, journey: string): Promise<JourneyView | undefined> =>
  tx.one<JourneyView>(
    sql`SELECT ${HEAD}, j.document ${FROM} WHERE j.workspace_id = ${workspace} AND j.id = ${journey}`,
  );

type Line = Omit<JourneyLine, "counts">;

/** Journeys without their counts. */
export const readJourneyHeads = (
  tx: Tx,
  workspace: WorkspaceId,
  where: Sql,
  order: Sql,
  limit: number,
): Promise<Line[]> =>
  tx.rows<Line>(sql`
    SELECT ${HEAD}, (
        SELECT CASE WHEN n ->> 'kind' = 'on-event' THEN coalesce(nullif(n #>> '{config,event}', ''), n ->> 'kind') ELSE n ->> 'kind' END
        FROM jsonb_array_elements(coalesce(p.document, j.document) -> 'nodes') n
        WHERE n ->> 'id' = coalesce(p.document, j.document) ->> 'entry' LIMIT 1) AS trigger
    ${FROM} WHERE j.workspace_id = ${workspace} AND ${where} ORDER BY ${order} LIMIT ${limit}`);
