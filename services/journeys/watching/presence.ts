import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { type Actor, signature } from "../../access/actor";
import { type Call, useCase } from "../../access/use-case";
import { announce } from "../../rings/announce";

/** A window that said nothing for this long is gone: it asks to be seen again every third of it. */
const SILENT_MS = 30_000;
const MOST_SELECTED = 50;

const Person = z.object({
  visit: z.string().describe("one open window"),
  person: z.string().describe("who it is: the same in all windows of one person"),
  name: z.string(),
  selected: z.array(z.string()),
  seenAt: Instant,
});
const Present = z.object({
  people: z.array(Person),
  revision: z.int().describe("the stored draft's, now"),
  state: z.string().describe("the journey's: draft, live, paused …"),
  version: z.int().nullable().describe("what is published"),
  request: z.string().nullable().describe("the request to publish that waits for an answer"),
});
type Present = z.infer<typeof Present>;

/** Who has a journey open and what they have selected, oldest window first. */
export const listPresent = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid() }),
  output: Present,
  says: "Who has the journey open, and what they have selected",
  run: ({ tx, actor, now }, { journey }) => present(tx, actor.workspace, journey, now),
});

/** Tells that a window is open; to be repeated within 30 s, or the window counts as closed. Others hear of it when something changed. */
export const bePresent = useCase({
  may: "journey.read",
  isFleeting: true,
  input: z.strictObject({
    journey: z.uuid(),
    visit: z.uuid().describe("made anew by every window"),
    selected: z.array(z.string().max(80)).max(MOST_SELECTED).default([]),
    isLeaving: z.boolean().default(false),
  }),
  output: Present,
  says: "Be seen by others who have the journey open",
  async run(call, { journey, visit, selected, isLeaving }) {
    const { tx, actor, now } = call;
    const answer = await present(tx, actor.workspace, journey, now);
    if (!answer.ok) return answer;
    const was = answer.value.people.find((one) => one.visit === visit);
    if (isLeaving) await leave(call, journey, visit);
    else await stay(call, journey, visit, selected);
    const isNews = isLeaving ? was !== undefined : was?.selected.join() !== selected.join();
    if (isNews) await announce(tx, actor.workspace, `presence:${journey}`);
    return answer;
  },
});

async function present(tx: Tx, workspace: WorkspaceId, journey: string, now: Date): Promise<Outcome<Present>> {
  // By publish_request_open.
  const found = await tx.one<Omit<Present, "people">>(sql`
    SELECT j.revision, j.state, j.version, (SELECT r.id FROM publish_request r WHERE r.workspace_id = j.workspace_id AND r.journey_id = j.id AND r.state = 'open') AS request
    FROM journey j WHERE j.workspace_id = ${workspace} AND j.id = ${journey}`);
  if (!found) return refuse("not_found", "no such journey");
  const people = await tx.rows<Present["people"][number]>(sql`
    SELECT visit, person, name, selected, seen_at AS "seenAt" FROM presence
    WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND seen_at > ${silentSince(now)}
    ORDER BY seen_at, visit LIMIT 50`);
  return ok({ people, ...found });
}

/** Windows that fell silent are swept by whoever comes by: the table holds what is open, and nothing else. */
async function stay({ tx, actor, now }: Call, journey: string, visit: string, selected: string[]): Promise<void> {
  const { workspace } = actor;
  await tx.run(sql`
    INSERT INTO presence (workspace_id, journey_id, visit, person, name, selected, seen_at)
    VALUES (${workspace}, ${journey}, ${visit}, ${whoOf(actor)}, ${actor.name}, ${selected}::text[], ${now})
    ON CONFLICT (workspace_id, journey_id, visit) DO UPDATE SET selected = excluded.selected, name = excluded.name, seen_at = excluded.seen_at
    WHERE presence.person = excluded.person`);
  await tx.run(sql`
    DELETE FROM presence WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND seen_at <= ${silentSince(now)}`);
}

async function leave({ tx, actor }: Call, journey: string, visit: string): Promise<void> {
  await tx.run(sql`
    DELETE FROM presence
    WHERE workspace_id = ${actor.workspace} AND journey_id = ${journey} AND visit = ${visit} AND person = ${whoOf(actor)}`);
}

const silentSince = (now: Date): Date => new Date(now.getTime() - SILENT_MS);
const whoOf = (actor: Actor): string => signature(actor);
