import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { metricsText } from "@/platform/metrics";
import { observe } from "@/services/events/observe";
import { readiness } from "@/services/events/readiness";

/** A probe is told the lags that are known by then: a slow look must not take a server off that can do its work. */
const LAGS_WITHIN_MS = 500;

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
    const seen =
      reason === undefined
        ? await Promise.race([observe(), pause(LAGS_WITHIN_MS, undefined, { ref: false })])
        : undefined;
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
