import type { FastifyInstance } from "fastify";
import { metricsText } from "@/platform/metrics";
import { observe } from "@/services/events/observe";
import { readiness } from "@/services/events/readiness";

/**
 * /healthz: this process lives. /readyz: it can take events and answer, or says why not; with the lags, which are no reason to turn senders
 * away. /metrics: Prometheus; this process's own counts, and the whole installation's lags by the ledger.
 */
export async function health(app: FastifyInstance): Promise<void> {
  let isDraining = false;
  app.addHook("preClose", async () => {
    isDraining = true;
  });
  app.get("/healthz", { schema: { hide: true } }, async () => ({ ok: true }));
  app.get("/readyz", { schema: { hide: true } }, async (_request, reply) => {
    const reason = isDraining ? "draining" : await readiness();
    const seen = reason === undefined ? await observe() : undefined;
    return reply
      .code(reason === undefined ? 200 : 503)
      .header("cache-control", "no-store")
      .send({
        ok: reason === undefined,
        ...(reason !== undefined && { reason }),
        ...(seen && {
          lag: {
            dispatch: {
              waiting: seen.dispatch.waiting,
              ageSeconds: seen.dispatch.ageSeconds,
              drainSeconds: seen.drainSeconds,
            },
            send: seen.send,
            workers: seen.workers,
          },
        }),
      });
  });
  app.get("/metrics", { schema: { hide: true } }, async (_request, reply) => {
    await observe();
    const { type, text } = await metricsText();
    return reply.type(type).send(text);
  });
}
