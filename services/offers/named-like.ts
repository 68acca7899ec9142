import { type Sql, sql } from "@/platform/db";

/** Offers (by their alias or table) that are called so, in part and in any language. */
export const namedLike = (offer: Sql, q: string): Sql =>
  sql`strpos(lower(concat_ws(chr(10), ${offer}.name, ${offer}.names ->> 'en', ${offer}.names ->> 'zh-CN')), lower(${q}::text)) > 0`;
