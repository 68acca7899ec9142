import type { IncomingMessage, ServerResponse } from "node:http";

/** One request as the small servers here see it. */
export type Asked = { method: string; url: URL; headers: IncomingMessage["headers"]; body: Buffer };
/** `cut`: break the connection unanswered; `hang`: never answer. */
export type Answer = { status: number; headers?: Record<string, string>; json?: unknown } | "cut" | "hang";
/** Undefined when the path is not this server's. */
export type Server = (asked: Asked) => Promise<Answer | undefined> | Answer | undefined;

const BODY_LIMIT = 1_000_000;

/** Joins servers by path under one port. */
export function serve(servers: Server[]) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const body = await bodyOf(request);
      const asked: Asked = {
        method: request.method ?? "GET",
        url: new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`),
        headers: request.headers,
        body,
      };
      reply(response, body.length > BODY_LIMIT ? { status: 413 } : await first(servers, asked));
    } catch (error) {
      reply(response, { status: 500, json: { error: error instanceof Error ? error.message : "failed" } });
    }
  };
}

async function first(servers: Server[], asked: Asked): Promise<Answer> {
  for (const server of servers) {
    const answer = await server(asked);
    if (answer !== undefined) return answer;
  }
  return { status: 404, json: { error: `nothing at ${asked.url.pathname}` } };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // Read to the end, so that the client gets its answer, but keep no more than shows that it is too long.
    if (size <= BODY_LIMIT * 2) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === "hang") return;
  if (answer === "cut") {
    response.socket?.destroy();
    return;
  }
  const text = answer.json === undefined ? "" : JSON.stringify(answer.json);
  response.writeHead(answer.status, {
    ...(text !== "" && { "content-type": "application/json" }),
    "content-length": Buffer.byteLength(text),
    ...answer.headers,
  });
  response.end(text);
}
