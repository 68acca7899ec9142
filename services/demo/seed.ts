import type { WorkspaceId } from "@/core/ids";
import { query, sql } from "@/platform/db";
import type { Actor } from "../access/actor";
import { type DemoAccess, giveAccess } from "./access";
import { personOf } from "./people";
import { WORKSPACE } from "./places";
import { prepareJourneys, prepareOffers, prepareSegments, prepareStores, prepareWorkspace } from "./prepare";
import { settleFirst } from "./settle";
import { tellTroubles } from "./troubles";
import { type Cast, writeMembers } from "./write-members";

export type DemoOptions = {
  now: Date;
  /** Progress, a line each. */
  say: (line: string) => void;
  members?: number;
};

const BATCH = 500;
/**
 * Makes the demo workspace: stores, offers, members with a year of history, segments, live journeys, an owner and keys, and tells a few
 * events that go wrong. Run again it completes what a killed run left, and answers with a new password and new keys. It sends no message itself.
 */
export async function seedDemo({ now, say, members = 5_000 }: DemoOptions): Promise<DemoAccess> {
  const { id: workspace, createdAt } = await prepareWorkspace();
  const actor: Actor = { as: "system", workspace, name: "demo" };
  const stores = await prepareStores(actor);
  const offers = await prepareOffers(actor);
  say(`${stores.size} stores and ${Object.keys(offers).length} offers`);
  // The history ends when the demo was begun, so that a second run tells the same one.
  const end = createdAt < now ? createdAt : now;
  await fill(
    { workspace, actor, seed: WORKSPACE.slug, now: end, zone: WORKSPACE.timeZone, stores, offers },
    members,
    say,
  );
  await prepareSegments(actor);
  // Last of what acts: before it nothing listens to what the history made.
  await prepareJourneys(actor, offers);
  say("journeys published");
  await tellTroubles(workspace, now);
  await settleFirst(actor);
  return giveAccess(actor);
}

/** The members that are missing, batch by batch; a batch is whole or absent. */
async function fill(cast: Cast, members: number, say: (line: string) => void): Promise<void> {
  const there = await usersOf(cast.workspace);
  const began = Date.now();
  for (let from = 1; from <= members; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, members - from + 1) }, (_, i) => from + i);
    const missing = numbers.filter((number) => !there.has(personOf(cast.seed, number).userId));
    if (missing.length > 0) await writeMembers(cast, missing);
    const done = Math.min(from + BATCH - 1, members);
    if (done % 1_000 === 0 || done === members)
      say(`${done} of ${members} members with their year (${((Date.now() - began) / 1000).toFixed(0)} s)`);
  }
}

async function usersOf(workspace: WorkspaceId): Promise<Set<string>> {
  const rows = await query(workspace, (tx) =>
    tx.rows<{ value: string }>(sql`SELECT value FROM identity WHERE workspace_id = ${workspace} AND kind = 'userId'`),
  );
  return new Set(rows.map(({ value }) => value));
}
