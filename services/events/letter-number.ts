import { sql } from "@/platform/db";

/** The number by which people know a letter `d`: its order's, else its message's. */
export const LETTER_NUMBER = sql`
  coalesce(d.payload #>> '{said,properties,order_id}', d.payload #>> '{properties,order_id}', d.payload ->> 'messageId')`;
