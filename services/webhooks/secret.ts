import { z } from "zod";
import { ok } from "@/core/refusals";
import { useCase } from "../access/use-case";
import { webhookSecret } from "./sign";

/** Audited, because whoever has it can speak in our name. */
export const getWebhookSecret = useCase({
  may: "key.write",
  input: z.strictObject({}),
  output: z.object({ secret: z.string() }),
  audit: "webhook.secret_shown",
  says: "The key that signs this workspace's webhooks (Standard Webhooks, v1)",
  run: async ({ actor: { workspace } }) => ok({ secret: webhookSecret(workspace) }),
});
