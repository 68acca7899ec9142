import type { JobId, JourneyId, WorkspaceId } from "@/core/ids";
import type { Outcome } from "@/core/refusals";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import type { Shard } from "@/services/engine/claim";
import { workOn } from "@/services/engine/jobs/work";
import { createJourney } from "@/services/journeys/drafting/create";
import { putJourney } from "@/services/journeys/drafting/put";
import { publishJourney } from "@/services/journeys/publishing/publish";
import type { Shop } from "./shop";

/** The value of an outcome; a refusal fails the test with its words. */
export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.detail ?? ""} ${outcome.path ?? ""}`);
  return outcome.value;
}

/** A journey through its doors: made, and published. */
export async function published(own: Shop, document: unknown): Promise<{ id: JourneyId; shard: Shard }> {
  const made = value(await call(createJourney, own.actor(), { document }));
  value(await call(publishJourney, own.actor(), { journey: made.id }));
  const id = made.id as JourneyId;
  return { id, shard: { workspace: own.workspace, journey: id, shard: 0 } };
}

/** Saves another drawing of it and publishes that. */
export async function republish(own: Shop, journey: JourneyId, document: unknown, moves: object = {}): Promise<void> {
  const [row] = await peek<{ revision: number }>(sql`SELECT revision FROM journey WHERE id = ${journey}`);
  value(await call(putJourney, own.actor(), { journey, revision: row?.revision, document }));
  value(await call(publishJourney, own.actor(), { journey, moves }));
}

/** Works every running job of a workspace to its end, as their conductors do. */
export async function workAll(workspace: WorkspaceId): Promise<void> {
  for (const { id } of await peek<{ id: JobId }>(
    sql`SELECT id FROM job WHERE workspace_id = ${workspace} AND state = 'running' ORDER BY started_at, id`,
  ))
    while ((await workOn(workspace, id)) === "moved");
}

const text = (words: string) => ({
  channel: "sms",
  purpose: "marketing",
  expiresAfter: "P2D",
  content: { sms: { "zh-CN": { text: `【青禾】${words} 退订回T` } } },
});

type Drawing = { wait?: string; without?: string; second?: string; replaced?: boolean };

/** Order → text → a week → text → a tag or a second order. `without` leaves one node out, `replaced` puts another wait in the first one's place. */
export function drawing({ wait = "P7D", without, second = "一周后", replaced }: Drawing = {}): object {
  const week = replaced ? "fortnight" : "week";
  const nodes = [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "thanks", kind: "send", config: text("感谢") },
    { id: week, kind: "delay", config: { for: wait }, ...(replaced && { replaces: "week" }) },
    { id: "again", kind: "send", config: text(second) },
    { id: "visit", kind: "wait-for", config: { event: "store_visit", when: { all: [] }, within: "P3D" } },
    { id: "came", kind: "tag", config: { tag: "came", action: "add" } },
  ].filter(({ id }) => id !== without && !(without === "visit" && id === "came"));
  const path = nodes.filter(({ id }) => id !== "came");
  return {
    name: "A week later",
    entry: "paid",
    nodes,
    edges: [
      ...path.slice(1).map((node, i) => ({ from: path[i]?.id, port: "next", to: node.id })),
      ...(without === "visit" || without === "came" ? [] : [{ from: "visit", port: "happened", to: "came" }]),
    ],
    settings: { reentry: { is: "always" } },
  };
}
