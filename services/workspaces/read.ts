import { z } from "zod";
import type { PointsPolicy } from "@/core/loyalty/points-policy";
import { LoyaltySettings } from "@/core/loyalty/settings";
import type { Approval } from "@/core/policy/approval";
import type { Holdout } from "@/core/policy/holdout";
import { ok, refuse } from "@/core/refusals";
import type { Locale } from "@/core/text";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";

export type WorkspaceView = {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
  locale: Locale;
  isDemo: boolean;
  /** Kept out of every journey; null = nobody. */
  holdout: Holdout | null;
  /** Whose publish waits for a second person. */
  approval: Approval;
  /** What a part of an SMS costs, in minor units; 0 = not told. */
  smsPrice: number;
  /** Stands in 【】 before an SMS to mainland China. */
  signature: string;
  /** When points earned from now on end. */
  points: PointsPolicy;
};

export const readWorkspace = useCase({
  may: "workspace.read",
  input: z.object({}),
  says: "The workspace of the caller",
  async run({ tx, actor }) {
    const workspace = await tx.one<Omit<WorkspaceView, "points"> & { loyalty: unknown }>(sql`
      SELECT id, slug, name, time_zone AS "timeZone", currency, locale, is_demo AS "isDemo", settings -> 'holdout' AS holdout,
        coalesce(settings -> 'publishing' ->> 'approval', 'never') AS approval, coalesce((settings -> 'messaging' -> 'prices' ->> 'sms')::int, 0) AS "smsPrice",
        coalesce(settings -> 'messaging' ->> 'signature', name) AS signature, settings -> 'loyalty' AS loyalty
      FROM workspace WHERE id = ${actor.workspace}`);
    if (!workspace) return refuse("not_found");
    const { loyalty, ...view } = workspace;
    return ok<WorkspaceView>({ ...view, points: LoyaltySettings.parse(loyalty ?? {}).points });
  },
});
