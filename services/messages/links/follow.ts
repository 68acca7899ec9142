import type { MemberId, MessageId, WorkspaceId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { engine, peek, sql, type Tx } from "@/platform/db";
import { tell } from "../tell";
import { type Came, countMessages } from "../traffic";
import { OPENING, type Read, readPlace } from "./token";

/**
 * Where a tracked link leads, null when it is none of ours; the first click on each link of a message is recorded and told. Only addresses that
 * we signed or kept are ever led to. `counts`: whether somebody went there (a program that only asks did not).
 */
export async function follow(
  token: string,
  url: string | undefined,
  now: Date,
  counts: boolean,
): Promise<string | null> {
  const read = readPlace(token, url ?? "");
  if (!read || read.nth === OPENING) return null;
  const found = await locate(read);
  const target = url ?? found?.links[read.nth] ?? null;
  if (found && target !== null && counts) await clicked(found.workspace, read.message, read.nth, target, now);
  // A signed address leads on though its message is gone.
  return target;
}

/** Who reads a message has received it: mail servers report no delivery (decision 075). */
const arrives = (now: Date) => sql`
  state = CASE WHEN state = 'accepted' THEN 'delivered' ELSE state END, delivered_at = CASE WHEN state = 'accepted' THEN ${now} ELSE delivered_at END`;

/** A mail was opened: recorded and told once. Tells nobody whether the token was ours. */
export async function opened(token: string, now: Date): Promise<void> {
  const read = readPlace(token);
  const found = read?.nth === OPENING ? await locate(read) : undefined;
  if (!read || !found) return;
  await engine(async (tx) => {
    const row = await tx.one<Opened>(sql`
      UPDATE message SET opened_at = ${now}, ${arrives(now)} WHERE workspace_id = ${found.workspace} AND id = ${read.message} AND opened_at IS NULL
      RETURNING member_id AS member, channel, journey_id AS journey, step, old.state = 'accepted' AS "wasUnderWay"`);
    if (!row) return;
    await arrived(tx, found.workspace, read.message, row, now);
    await tell(tx, found.workspace, "message_opened", [{ id: read.message, ...row }], now);
    countMessages(tx, found.workspace, [{ ...row, outcome: "opened" }], now);
  });
}

type Opened = {
  member: MemberId;
  channel: ChannelKind;
  journey: string | null;
  step: string | null;
  /** Nobody had said yet that it arrived. */
  wasUnderWay: boolean;
};
type Clicked = Opened & { wasOpened: boolean; wasClicked: boolean };

async function clicked(workspace: WorkspaceId, message: MessageId, nth: number, url: string, now: Date): Promise<void> {
  await engine(async (tx) => {
    const row = await tx.one<Clicked>(sql`
      UPDATE message SET clicked_at = COALESCE(clicked_at, ${now}), opened_at = COALESCE(opened_at, ${now}), clicked_links = clicked_links | (1::bigint << ${nth}), ${arrives(now)}
      WHERE workspace_id = ${workspace} AND id = ${message} AND clicked_links & (1::bigint << ${nth}) = 0
      RETURNING member_id AS member, channel, journey_id AS journey, step, old.state = 'accepted' AS "wasUnderWay", old.opened_at IS NOT NULL AS "wasOpened", old.clicked_at IS NOT NULL AS "wasClicked"`);
    if (!row) return;
    await arrived(tx, workspace, message, row, now);
    // Whoever follows a link has opened the message, also where no picture told it.
    if (!row.wasOpened) await tell(tx, workspace, "message_opened", [{ id: message, ...row }], now);
    await tell(tx, workspace, "message_clicked", [{ id: message, ...row, more: { url } }], now);
    const news: Came[] = [];
    if (!row.wasOpened) news.push({ ...row, outcome: "opened" });
    if (!row.wasClicked) news.push({ ...row, outcome: "clicked" });
    countMessages(tx, workspace, news, now);
  });
}

/** Tells the delivery that an opening or a click is the first word of. */
async function arrived(tx: Tx, workspace: WorkspaceId, id: MessageId, row: Opened, now: Date): Promise<void> {
  if (!row.wasUnderWay) return;
  await tell(tx, workspace, "message_delivered", [{ id, ...row }], now);
  countMessages(tx, workspace, [{ ...row, outcome: "delivered" }], now);
}

// Workspaces by the end of their id, as tokens name them: random digits, so few share one.
const tails = new Map<string, WorkspaceId[]>();

/** The message a token names. */
async function locate(read: Read): Promise<{ workspace: WorkspaceId; links: string[] } | undefined> {
  const known = tails.get(read.workspaceTail);
  const found = known && (await lookIn(known, read.message));
  if (found) return found;
  const rows = await peek<{ id: WorkspaceId }>(
    sql`SELECT id FROM workspace WHERE right(id::text, 8) = ${read.workspaceTail}`,
  );
  const workspaces = rows.map(({ id }) => id);
  if (workspaces.length > 0) tails.set(read.workspaceTail, workspaces);
  return lookIn(workspaces, read.message);
}

async function lookIn(
  workspaces: readonly WorkspaceId[],
  message: MessageId,
): Promise<{ workspace: WorkspaceId; links: string[] } | undefined> {
  const [row] = await peek<{ workspace: WorkspaceId; links: string[] | null }>(sql`
    SELECT workspace_id AS workspace, rendered -> 'links' AS links FROM message WHERE workspace_id = ANY(${workspaces}::uuid[]) AND id = ${message} LIMIT 1`);
  return row && { workspace: row.workspace, links: row.links ?? [] };
}
