import { z } from "zod";
import type { JourneyId, MemberId, WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { date } from "@/core/rules/words";
import type { Locale, Text } from "@/core/text";
import { Words } from "@/core/words";
import type { Tx } from "@/platform/db";
import { readArms } from "../members/arms";

export const HeldBy = z.object({
  of: z.enum(["workspace", "journey"]).describe("whose holdout: the workspace's keeps the member out of every journey"),
  since: Instant.describe("when it first met the member"),
  percent: z.number().nullable().describe("its share then, by which they were drawn; null where that is not known"),
  says: Words,
});
export type HeldBy = z.infer<typeof HeldBy>;

/**
 * Which holdout keeps a member out of a journey, since when and under which share, by the arms they are in (decision 115): of two the one that met
 * them first. null where neither does, or nothing tells it, as of runs that were held before arms were kept.
 */
export async function heldBy(
  tx: Tx,
  workspace: WorkspaceId,
  { journey, member, zone }: { journey: JourneyId; member: MemberId; zone: string },
): Promise<HeldBy | null> {
  const arms = (await readArms(tx, workspace, journey, [member])).get(member);
  const held = (["workspace", "journey"] as const).flatMap((of) => {
    const arm = arms?.[of];
    return arm?.isHeld ? [{ of, since: new Date(arm.at), percent: arm.percent }] : [];
  });
  const [first] = held.sort((a, b) => a.since.getTime() - b.since.getTime());
  return first ? { ...first, says: saysOf(first, zone) } : null;
}

function saysOf({ of, since, percent }: Omit<HeldBy, "says">, zone: string): Text {
  const at = (locale: Locale) => date(since.toISOString(), locale, zone);
  return {
    en: `${of === "workspace" ? "In the workspace's holdout, and out of every journey," : "In this journey's holdout"} since ${at("en")}${percent === null ? "" : `, when its share was ${percent}%`}.`,
    "zh-CN": `自 ${at("zh-CN")} 起属于${of === "workspace" ? "工作区的对照组，不进入任何旅程" : "此旅程的对照组"}${percent === null ? "" : `，当时比例为 ${percent}%`}。`,
  };
}
