import { z } from "zod";
import type { Approval } from "@/core/policy/approval";
import type { Holdout } from "@/core/policy/holdout";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";

export type WorkspaceView = {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
  locale: string;
  isDemo: boolean;
  /** Kept out of every journey; null = nobody. */
  holdout: Holdout | null;
  /** Whose publish waits for a second person. */
  approval: Approval;
  /** What a part of an SMS costs, in minor units; 0 = not told. */
  smsPrice: number;
  /** Stands in 【】 before an SMS to mainland China. */
  signature: string;
};

export const readWorkspace = useCase({
  may: "workspace.read",
  input: z.object({}),
  says: "The workspace of the caller",
  async run({ tx, actor }) {
    const workspace = await tx.one<WorkspaceView>(sql`
      SELECT id, slug, name, time_zone AS "timeZone", currency, locale, is_demo AS "isDemo", settings -> 'holdout' AS holdout,
        coalesce(settings -> 'publishing' ->> 'approval', 'never') AS approval, coalesce((settings -> 'messaging' -> 'prices' ->> 'sms')::int, 0) AS "smsPrice",
        coalesce(settings -> 'messaging' ->> 'signature', name) AS signature
      FROM workspace WHERE id = ${actor.workspace}`);
    return workspace ? ok(workspace) : refuse("not_found");
  },
});
