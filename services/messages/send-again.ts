import { z } from "zod";
import { type MessageId, senderConductor, type WorkspaceId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { ok, refuse } from "@/core/refusals";
import type { Text } from "@/core/text";
import { type Sql, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { useCase } from "../access/use-case";
import { closeSends } from "../events/bury";
import { ringingSenders } from "../rings/ring";
import { type Again, gateOn, STOPS, WAITS } from "./gate/again";

/** Looked at together. */
export const MOST = 200;
/** Why a message may not go again: it would arrive twice, or the gate would stop it as it did before. */
export const HINDRANCES = ["arrived", "under_way", "in_doubt", "went_otherwise", "again_already", ...STOPS] as const;
export type Hindrance = (typeof HINDRANCES)[number];
export const hindranceSays: Record<Hindrance, Text> = {
  arrived: { en: "it has arrived", "zh-CN": "消息已送达" },
  under_way: { en: "it is under way", "zh-CN": "消息正在发送" },
  in_doubt: { en: "nobody knows whether it arrived", "zh-CN": "尚不清楚消息是否送达" },
  went_otherwise: { en: "its journey sent the same by another channel", "zh-CN": "旅程已通过其他渠道发送同样内容" },
  again_already: { en: "it was sent again before", "zh-CN": "该消息已经重发过" },
  barred: { en: "its address is barred", "zh-CN": "该地址已被屏蔽" },
  no_address: { en: "the member has no address of this channel", "zh-CN": "会员没有此渠道的地址" },
  no_consent: { en: "the member does not consent to it", "zh-CN": "会员未同意接收" },
  complaint_pause: { en: "promotions to this member are paused over a complaint", "zh-CN": "因投诉暂停向该会员营销" },
  quiet_hours: { en: "quiet hours keep it from leaving in its time", "zh-CN": "免打扰时段内无法在有效期内发出" },
  not_live: { en: "its journey is not live", "zh-CN": "所属旅程未在运行" },
};
const Chosen = z.strictObject({
  messages: z.array(z.uuid()).min(1).max(MOST),
  evenInDoubt: z
    .boolean()
    .default(false)
    .describe("also those of which nobody knows whether they arrived: they may arrive twice"),
});
const Verdict = z.object({
  id: z.string(),
  why: z.enum(HINDRANCES).nullable().describe("null: it may go again"),
  isInDoubt: z.boolean().describe("nobody knows whether it arrived: sent again, it may arrive twice"),
  waits: z.enum(WAITS).nullable().describe("why it would not leave at once; null: nothing known would hold it"),
});

const Answer = z.object({
  sent: z.array(z.object({ of: z.string(), id: z.string(), isInDoubt: z.boolean() })),
  left: z.array(Verdict),
});

export const previewSendAgain = useCase({
  may: "message.read",
  input: Chosen,
  says: "Which of these messages may be sent again, and why the others may not",
  output: z.object({ count: z.int(), items: z.array(Verdict) }),
  async run({ tx, actor: { workspace } }, chosen) {
    const items = await verdictsOn(tx, workspace, chosen);
    return ok({ count: items.filter(({ why }) => why === null).length, items });
  },
});

/**
 * Sends messages again that certainly failed or never left, each as a message of its own: under the gate like any other, with as long a life
 * as the first had. What went by another channel meanwhile stays as it is; so does what was sent again before, and what is in doubt unless
 * that is chosen with open eyes.
 */
export const sendAgain = useCase({
  may: "message.write",
  input: Chosen,
  audit: "message.sent_again",
  records: ({ messages }, { sent }: z.infer<typeof Answer>) => {
    const inDoubt = sent.filter(({ isInDoubt }) => isInDoubt).length;
    return {
      ...(messages.length === 1 && { message: messages[0] }),
      count: messages.length,
      ...(inDoubt > 0 && { inDoubt }),
    };
  },
  says: "Send messages again that certainly did not arrive, and with `evenInDoubt` those that may have, up to 200 at once",
  output: Answer,
  async run({ tx, actor: { workspace }, now }, chosen) {
    const answer = await sendOnceMore(tx, workspace, chosen, now);
    return answer ? ok(answer) : refuse("not_found", "no such message");
  },
});

/** The same in the caller's transaction, which asked for the permission; their dead letters are dealt with. Undefined: there is none of these. */
export async function sendOnceMore(
  tx: Tx,
  workspace: WorkspaceId,
  chosen: z.infer<typeof Chosen>,
  now: Date,
): Promise<z.infer<typeof Answer> | undefined> {
  await holdMessages(tx, workspace, chosen.messages);
  const found = await verdictsOn(tx, workspace, chosen);
  if (found.length === 0) return undefined;
  const going = found.filter(({ why }) => why === null).map(({ id }) => ({ of: id, id: newId<MessageId>() }));
  const sent = await tx.rows<{ of: string; id: string; channel: ChannelKind }>(sql`
      INSERT INTO message (workspace_id, id, again_of, member_id, run_id, step, effect, plan_id, journey_id, content,
        channel, purpose, category, quiet, priority, state, variables, queued_at, not_before, expires_at)
      SELECT g.workspace_id, a.id, g.id, g.member_id, g.run_id, g.step, g.effect, g.plan_id, g.journey_id, g.content,
        g.channel, g.purpose, g.category, g.quiet, g.priority, 'queued', g.variables, ${now}, ${now},
        ${now}::timestamptz + ${LIFE}
      FROM unnest(${going.map((one) => one.of)}::uuid[], ${going.map((one) => one.id)}::uuid[]) AS a(of, id)
      JOIN message g ON g.workspace_id = ${workspace} AND g.id = a.of
      ON CONFLICT (again_of, workspace_id) WHERE again_of IS NOT NULL DO NOTHING
      RETURNING again_of AS of, id, channel`);
  closeSends(
    tx,
    workspace,
    sent.map(({ of }) => of),
    now,
  );
  const channels = [...new Set(sent.map(({ channel }) => channel))];
  if (channels.length > 0)
    tx.push(
      ringingSenders(
        workspace,
        channels.map((channel) => ({ channel, id: senderConductor(workspace, channel) })),
      ),
    );
  return {
    sent: sent.map(({ of, id }) => ({ of, id, isInDoubt: found.some((one) => one.id === of && one.isInDoubt) })),
    left: found.filter(({ why }) => why !== null),
  };
}

/**
 * Locks messages with all of their runs': who sends the same word by another channel waits, and then sees what was sent. Messages come before their
 * dead letters, whoever locks both.
 */
export const holdMessages = (tx: Tx, workspace: WorkspaceId, messages: readonly string[]): Promise<number> =>
  tx.run(sql`
    SELECT 1 FROM message
    WHERE workspace_id = ${workspace} AND (id = ANY(${[...messages]}::uuid[]) OR run_id = ANY(ARRAY(
      SELECT run_id FROM message WHERE workspace_id = ${workspace} AND id = ANY(${[...messages]}::uuid[]) AND run_id IS NOT NULL)))
    ORDER BY id FOR NO KEY UPDATE`);

type Row = {
  id: string;
  state: string;
  channel: ChannelKind;
  /** One word to one person: what a run sends of a node on one lap. Null: no journey's. */
  word: string | null;
  wasAgain: boolean;
  wentOtherwise: boolean;
} & Again;

/** As long a life as the first had. */
const LIFE = sql`greatest(g.expires_at - g.queued_at, interval '1 hour')`;
const nodeOf = (message: Sql): Sql => sql`regexp_replace(${message}.step, '[.][^.]*$', '')`;
/** The first one's: (run, step, lap, effect) is that one's key, so what was sent again has no lap of its own. */
const lapOf = (message: Sql): Sql => sql`(
  WITH RECURSIVE way AS (
    SELECT ${message}.lap, ${message}.again_of
    UNION ALL
    SELECT b.lap, b.again_of FROM way JOIN message b ON b.id = way.again_of AND b.workspace_id = ${message}.workspace_id)
  SELECT lap FROM way WHERE again_of IS NULL)`;
const [G, O] = [sql`g`, sql`o`];

/**
 * In the order they were asked for. What a run sent of one node by another channel is the same word to the same person; of such that could
 * both go, the first asked for does.
 */
async function verdictsOn(
  tx: Tx,
  workspace: WorkspaceId,
  { messages, evenInDoubt }: z.infer<typeof Chosen>,
): Promise<z.infer<typeof Verdict>[]> {
  const rows = await tx.rows<Row>(sql`
    SELECT g.id, g.state, g.channel, g.member_id AS member, g.purpose, g.category, g.quiet, j.state AS "journeyState", m.time_zone AS "timeZone",
      (SELECT s.time_zone FROM store s WHERE s.workspace_id = m.workspace_id AND s.id = m.joined_store_id) AS "storeZone",
      (extract(epoch FROM ${LIFE}) * 1000)::float8 AS life, g.run_id || ' ' || ${nodeOf(G)} || ' ' || ${lapOf(G)} AS word,
      EXISTS (SELECT FROM message a WHERE a.again_of = g.id AND a.workspace_id = g.workspace_id) AS "wasAgain",
      EXISTS (
        SELECT FROM message o WHERE o.run_id = g.run_id AND o.workspace_id = g.workspace_id AND o.channel <> g.channel
          AND o.state NOT IN ('failed', 'skipped') AND ${nodeOf(O)} = ${nodeOf(G)} AND ${lapOf(O)} = ${lapOf(G)}) AS "wentOtherwise"
    FROM message g JOIN unnest(${messages}::uuid[]) WITH ORDINALITY AS w(id, place) ON w.id = g.id
    JOIN member m ON m.workspace_id = g.workspace_id AND m.id = g.member_id
    LEFT JOIN journey j ON j.workspace_id = g.workspace_id AND j.id = g.journey_id
    WHERE g.workspace_id = ${workspace} ORDER BY w.place`);
  const stops = await gateOn(
    tx,
    workspace,
    rows.filter((row) => hindranceOf(row, evenInDoubt) === null),
  );
  const going = new Map<string, ChannelKind>();
  return rows.map((row) => {
    const { id, word, channel, state } = row;
    const isInDoubt = state === "unknown";
    const { stop = null, waits = null } = stops.get(id) ?? {};
    const why = hindranceOf(row, evenInDoubt) ?? stop;
    if (why !== null || word === null) return { id, why, isInDoubt, waits: why === null ? waits : null };
    const by = going.get(word) ?? channel;
    going.set(word, by);
    return by === channel ? { id, why: null, isInDoubt, waits } : { id, why: "went_otherwise", isInDoubt, waits: null };
  });
}

function hindranceOf({ state, wasAgain, wentOtherwise }: Row, evenInDoubt: boolean): Hindrance | null {
  if (wasAgain) return "again_already";
  if (state === "accepted" || state === "delivered") return "arrived";
  if (state === "queued" || state === "claimed") return "under_way";
  if (state === "unknown" && !evenInDoubt) return "in_doubt";
  return wentOtherwise ? "went_otherwise" : null;
}
