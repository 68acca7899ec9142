import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { Instant } from "@/core/instant";
import { normalEmail, normalPhone } from "@/core/members/identity";
import { CHANNELS } from "@/core/message/channel";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { suppress, unsuppress } from "./suppression";

const Line = z.object({ channel: z.enum(CHANNELS), address: z.string(), reason: z.string(), at: Instant });
type Line = z.infer<typeof Line>;
const One = { channel: z.enum(CHANNELS), address: z.string().trim().min(1).max(4_000) };

export const listSuppressions = useCase({
  may: "member.read",
  input: z.object({ ...pageInput, channel: z.enum(CHANNELS).optional() }),
  output: z.object({ items: z.array(Line), next: z.string().nullable() }),
  says: "Addresses that are never written to",
  async run({ tx, actor: { workspace } }, { cursor, limit, channel }) {
    const [afterChannel, afterAddress] = fromCursor(cursor) ?? [];
    const rows = await tx.rows<Line>(sql`
      SELECT channel, address, reason, at FROM suppression
      WHERE workspace_id = ${workspace} AND (${channel ?? null}::text IS NULL OR channel = ${channel ?? null}::text)
        AND (channel, address) > (${String(afterChannel ?? "")}::text, ${String(afterAddress ?? "")}::text)
      ORDER BY channel, address LIMIT ${limit + 1}`);
    return ok(page(rows, limit, (line) => [line.channel, line.address]));
  },
});

export const addSuppression = useCase({
  may: "member.write",
  input: z.strictObject({ ...One, reason: z.string().trim().min(1).max(200).default("by hand") }),
  audit: "suppression.added",
  says: "Never write to an address again",
  async run({ tx, actor: { workspace }, now }, { channel, address, reason }) {
    const stored = normal(channel, address);
    if (stored === undefined) return refuse("invalid", `this is no address of the channel ${channel}`, ["address"]);
    await suppress(tx, workspace, [{ channel, address: stored, reason }], now);
    return ok({ channel, address: stored, reason });
  },
});

export const liftSuppression = useCase({
  may: "member.write",
  input: z.strictObject(One),
  audit: "suppression.lifted",
  says: "Let an address be written to again; consent is still needed",
  async run({ tx, actor: { workspace } }, { channel, address }) {
    const stored = normal(channel, address);
    return stored !== undefined && (await unsuppress(tx, workspace, channel, stored))
      ? ok({ channel, address: stored })
      : refuse("not_found", "this address is not suppressed");
  },
});

const normal = (channel: (typeof CHANNELS)[number], address: string): string | undefined => {
  switch (channel) {
    case "sms":
      return normalPhone(address);
    case "email":
      return normalEmail(address);
    case "push":
      return address;
    default:
      return channel satisfies never;
  }
};
