import { z } from "zod";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { signature } from "../access/actor";
import { lockSurvivor } from "../access/survivor";
import { useCase } from "../access/use-case";
import { tagMembers, untagMembers } from "./tag";

const TagName = z.string().trim().min(1).max(80);
const MemberTags = z.object({ member: z.string(), tags: z.array(z.string()) });

export const addMemberTags = useCase({
  may: "member.write",
  input: z.strictObject({ member: z.uuid(), tags: z.array(TagName).min(1).max(50) }),
  output: MemberTags,
  audit: "member.tagged",
  says: "Tag a member",
  async run({ tx, actor, now }, { member, tags }) {
    const id = await lockSurvivor(tx, actor.workspace, member);
    if (!id) return refuse("not_found", "no such member");
    await tagMembers(
      tx,
      actor.workspace,
      tags.map((tag) => ({ member: id, tag, source: signature(actor) })),
      now,
    );
    return ok({ member: id, tags: await tagsOf(tx, actor.workspace, id) });
  },
});

export const removeMemberTag = useCase({
  may: "member.write",
  input: z.strictObject({ member: z.uuid(), tag: TagName }),
  output: MemberTags,
  audit: "member.untagged",
  says: "Take a tag from a member",
  async run({ tx, actor: { workspace }, now }, { member, tag }) {
    const id = await lockSurvivor(tx, workspace, member);
    if (!id) return refuse("not_found", "no such member");
    await untagMembers(tx, workspace, [{ member: id, tag }], now);
    return ok({ member: id, tags: await tagsOf(tx, workspace, id) });
  },
});

export const listTags = useCase({
  may: "member.read",
  input: z.object({ q: z.string().trim().max(80).default("").describe("only tags that contain this") }),
  output: z.object({ items: z.array(z.object({ name: z.string(), isSensitive: z.boolean(), members: z.int() })) }),
  says: "Tags of the workspace with how many members have them, the first thousand in the order of their names",
  async run({ tx, actor: { workspace } }, { q }) {
    const items = await tx.rows<{ name: string; isSensitive: boolean; members: number }>(sql`
      SELECT t.name, t.is_sensitive AS "isSensitive", (SELECT count(*) FROM member_tag m WHERE m.workspace_id = t.workspace_id AND m.tag = t.name) AS members
      FROM tag t WHERE t.workspace_id = ${workspace} AND strpos(lower(t.name), lower(${q}::text)) > 0 ORDER BY t.name LIMIT 1000`);
    return ok({ items });
  },
});

async function tagsOf(tx: Tx, workspace: WorkspaceId, member: MemberId): Promise<string[]> {
  return (
    await tx.rows<{ tag: string }>(
      sql`SELECT tag FROM member_tag WHERE workspace_id = ${workspace} AND member_id = ${member} ORDER BY tag`,
    )
  ).map((row) => row.tag);
}
