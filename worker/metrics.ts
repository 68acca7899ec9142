import { createServer } from "node:http";
import { log } from "@/platform/log";
import { metricsText } from "@/platform/metrics";

/** Tells this worker's own counts on a port: batch sizes, deliveries, failures, memory. Without a port it does nothing. */
export function serveMetrics(port: number | undefined): () => void {
  if (port === undefined) return () => {};
  const server = createServer(async ({ url }, response) => {
    if (url === "/healthz") {
      response.setHeader("content-type", "application/json").end('{"ok":true}');
    } else if (url === "/metrics") {
      const { type, text } = await metricsText();
      response.setHeader("content-type", type).end(text);
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  // Counting is no reason to stop working.
  server.on("error", (error) =>
    log("worker").error({ err: error, port }, "WORKER_METRICS_PORT cannot be used; no metrics are told"),
  );
  server.listen(port);
  return () => server.close();
}
