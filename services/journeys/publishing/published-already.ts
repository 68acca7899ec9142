import { canonical } from "@/core/hash";
import type { WorkspaceId } from "@/core/ids";
import type { JourneyDocument } from "@/core/journey/document";
import type { Fates } from "@/core/plan/map-forward";
import type { Plan } from "@/core/plan/plan";
import { type Refused, refuse } from "@/core/refusals";
import type { Text } from "@/core/text";
import { sql, type Tx } from "@/platform/db";
import { fatesOf, type Moves } from "./fates";

type Drawn = { plan: Plan; document: JourneyDocument };
type Last = { at: Date; to: Plan["id"] | null; fates: Fates; body: Plan; document: JourneyDocument };

/**
 * A drawing that is published already takes nobody anywhere. Who asks for moves with it, because somebody else was first or they told it twice, is told
 * so, unless they are what that publish did. Of two at once the second finds the first's: the journey is locked.
 */
export async function notAsDone(
  tx: Tx,
  workspace: WorkspaceId,
  published: Drawn,
  moves: Moves,
): Promise<Refused | undefined> {
  const { plan } = published;
  const last = await tx.one<Last>(sql`
    SELECT j.published_at AS at, m.to_plan_id AS to, m.fates, p.body, p.document
    FROM journey j
    LEFT JOIN mapping m ON m.workspace_id = j.workspace_id AND m.journey_id = j.id AND m.number = j.mappings
    LEFT JOIN plan p ON p.workspace_id = m.workspace_id AND p.id = m.from_plan_id
    WHERE j.workspace_id = ${workspace} AND j.id = ${plan.journey}`);
  if (last?.to === plan.id) {
    const asked = fatesOf({ plan: last.body, document: last.document }, published, moves);
    if (asked.ok && canonical(asked.value) === canonical(last.fates)) return undefined;
  }
  return refuse("conflict", alreadyLive(plan.version, last?.at), ["moves"]);
}

function alreadyLive(version: number, at: Date | undefined): Text {
  const since = at?.toISOString() ?? "";
  return {
    en: `this drawing is live already, as version ${version} since ${since}, published with other moves or none: nobody was moved by this request. Publish without moves, or move those on their way in the list of runs`,
    "zh-CN": `此画布已于 ${since} 作为版本 ${version} 发布，所选去向与此不同或未选：本次请求没有移动任何人。请不带去向发布，或在运行列表中移动途中的会员`,
  };
}
