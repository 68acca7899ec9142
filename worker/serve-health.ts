import { createServer, type ServerResponse } from "node:http";
import { log } from "@/platform/log";
import { metricsText } from "@/platform/metrics";

/**
 * Tells on a port how this worker fares. /healthz: the process lives. /readyz: it works, or says why not (`unready`). /metrics: its own counts,
 * batch sizes, deliveries, failures, memory. Without a port it does nothing.
 */
export function serveHealth(port: number | undefined, unready: () => Promise<string | undefined>): () => void {
  if (port === undefined) return () => {};
  const answers: Record<string, (response: ServerResponse) => Promise<void>> = {
    "/healthz": async (response) => say(response, 200, { ok: true }),
    "/readyz": async (response) => {
      const reason = await unready();
      say(response, reason === undefined ? 200 : 503, reason === undefined ? { ok: true } : { ok: false, reason });
    },
    "/metrics": async (response) => {
      const { type, text } = await metricsText();
      response.setHeader("content-type", type).end(text);
    },
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url?.split("?")[0] ?? ""];
    if (!answer) return say(response, 404, { ok: false, reason: `one of ${Object.keys(answers).join(", ")}` });
    answer(response).catch((error: unknown) => {
      log("worker").warn({ err: error, url: request.url }, "a probe could not be answered");
      say(response, 500, { ok: false, reason: "it could not be looked up" });
    });
  });
  // Counting is no reason to stop working.
  server.on("error", (error) =>
    log("worker").error({ err: error, port }, "WORKER_METRICS_PORT cannot be used; no metrics are told"),
  );
  server.listen(port);
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
