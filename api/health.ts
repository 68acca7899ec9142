import type { FastifyInstance } from "fastify";
import { metricsText } from "@/platform/metrics";
import { readiness } from "@/services/events/readiness";

/** /healthz: this process lives. /readyz: it can take events and answer, or says why not. /metrics: Prometheus. */
export async function health(app: FastifyInstance): Promise<void> {
  let isDraining = false;
  app.addHook("preClose", async () => {
    isDraining = true;
  });
  app.get("/healthz", { schema: { hide: true } }, async () => ({ ok: true }));
  app.get("/readyz", { schema: { hide: true } }, async (_request, reply) => {
    const reason = isDraining ? "draining" : await readiness();
    return reply
      .code(reason === undefined ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ ok: reason === undefined, ...(reason !== undefined && { reason }) });
  });
  app.get("/metrics", { schema: { hide: true } }, async (_request, reply) => {
    const { type, text } = await metricsText();
    return reply.type(type).send(text);
  });
}
