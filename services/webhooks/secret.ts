import { z } from "zod";
import { Instant } from "@/core/instant";
import { ok } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { signingKeys } from "./keys";
import { webhookSecret } from "./sign";

const Secret = z.object({
  secret: z.string(),
  rotatedAt: Instant.nullable(),
  oldUntil: Instant.nullable().describe("until then calls are signed by the key before too; null = they are not"),
});

/** Audited, because whoever has it can speak in our name. */
export const getWebhookSecret = useCase({
  may: "key.write",
  input: z.strictObject({}),
  output: Secret,
  audit: "webhook.secret_shown",
  isSecret: true,
  says: "The key that signs this workspace's webhooks (Standard Webhooks, v1)",
  async run({ tx, actor: { workspace }, now }) {
    const { generation, rotatedAt, oldUntil } = await signingKeys(tx, workspace);
    return ok({
      secret: webhookSecret(workspace, generation),
      rotatedAt,
      oldUntil: oldUntil !== null && oldUntil > now ? oldUntil : null,
    });
  },
});

const HOUR_MS = 3_600_000;

/** With `keepOldHours` 0 the old key is worth nothing from the next call on: for one that leaked. */
export const rotateWebhookSecret = useCase({
  may: "key.write",
  input: z.strictObject({
    keepOldHours: z
      .int("should be a whole number of hours")
      .min(0)
      .max(168)
      .default(24)
      .describe("so long both keys sign, so that receivers change over without losing a call"),
  }),
  output: Secret,
  audit: "webhook.secret_rotated",
  isSecret: true,
  says: "Replace the key that signs this workspace's webhooks",
  async run({ tx, actor: { workspace }, now }, { keepOldHours }) {
    const oldUntil = new Date(now.getTime() + keepOldHours * HOUR_MS);
    const row = await tx.one<{ generation: number }>(sql`
      INSERT INTO webhook_key (workspace_id, generation, rotated_at, old_until) VALUES (${workspace}, 2, ${now}, ${oldUntil})
      ON CONFLICT (workspace_id) DO UPDATE SET generation = webhook_key.generation + 1, rotated_at = excluded.rotated_at, old_until = excluded.old_until
      RETURNING generation`);
    return ok({
      secret: webhookSecret(workspace, row?.generation),
      rotatedAt: now,
      oldUntil: keepOldHours > 0 ? oldUntil : null,
    });
  },
});
