import type { WorkspaceId } from "@/core/ids";
import { sql, write } from "@/platform/db";

export type NewWorkspace = {
  id: WorkspaceId;
  slug: string;
  name: string;
  timeZone?: string;
  currency?: string;
  locale?: "en" | "zh-CN";
  isDemo?: boolean;
};

/** Makes a workspace: the set-up's and the demo's way in, as nobody has a role in it yet. False when the slug is taken. */
export function createWorkspace({
  id,
  slug,
  name,
  timeZone = "Asia/Shanghai",
  currency = "CNY",
  locale = "zh-CN",
  isDemo = false,
}: NewWorkspace): Promise<boolean> {
  return write(
    id,
    async (tx) =>
      (await tx.run(sql`
    INSERT INTO workspace (id, slug, name, time_zone, currency, locale, is_demo)
    VALUES (${id}, ${slug}, ${name}, ${timeZone}, ${currency}, ${locale}, ${isDemo})
    ON CONFLICT (slug) DO NOTHING`)) > 0,
  );
}
