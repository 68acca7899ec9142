import { setMaxListeners } from "node:events";
import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { NOT_BEGUN } from "./provider";

/** How a call over HTTP went. `left` tells whether the far side may have seen the request: what never left certainly did nothing. */
export type Wired =
  | { is: "answered"; status: number; headers: http.IncomingHttpHeaders; body: string }
  | { is: "lost"; left: boolean; why: string };

type Call = {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string | number>;
  body?: string | Buffer;
  timeoutMs: number;
  stop?: AbortSignal;
  /** The request leaves before this instant or not at all. */
  beginBy?: Date;
};

/** Sockets to one host, and so calls at once. */
export const SOCKETS = 64;
const BODY_LIMIT = 1_000_000;
// Idle sockets close after 4 s, before the usual 5 s of servers: a request on a socket that the server is just closing would be unknown.
const agents = {
  "http:": new http.Agent({ keepAlive: true, maxSockets: SOCKETS, timeout: 4000 }),
  "https:": new https.Agent({ keepAlive: true, maxSockets: SOCKETS, timeout: 4000 }),
};

/** One HTTP call with one deadline for all of it, at most 1 MB read back, no redirects. Never throws. */
export function wire(call: Call): Promise<Wired> {
  return new Promise((resolve) => {
    const url = new URL(call.url);
    const isPlain = url.protocol === "http:";
    if (!isPlain && url.protocol !== "https:")
      return resolve({ is: "lost", left: false, why: `no such protocol: ${url.protocol}` });
    if (call.stop?.aborted) return resolve({ is: "lost", left: false, why: "stopped" });
    if (call.beginBy && call.beginBy.getTime() <= Date.now())
      return resolve({ is: "lost", left: false, why: NOT_BEGUN });

    let left = false;
    const request = (isPlain ? http : https).request(url, {
      method: call.method,
      agent: isPlain ? agents["http:"] : agents["https:"],
      headers: { ...call.headers, ...(call.body !== undefined && { "content-length": Buffer.byteLength(call.body) }) },
    });
    const stopped = () => end({ is: "lost", left, why: "stopped" });
    const timer = setTimeout(() => end({ is: "lost", left, why: `no answer in ${call.timeoutMs} ms` }), call.timeoutMs);
    // One signal may stop many calls at once.
    if (call.stop) setMaxListeners(0, call.stop);
    call.stop?.addEventListener("abort", stopped, { once: true });
    // Without a socket we waited for one of our own; with one, for the far side to take the connection.
    let hasSocket = false;
    const late = () => !left && end({ is: "lost", left, why: hasSocket ? "no connection in time" : NOT_BEGUN });
    const beginning = call.beginBy && setTimeout(late, call.beginBy.getTime() - Date.now());
    const end = (wired: Wired) => {
      clearTimeout(timer);
      clearTimeout(beginning);
      call.stop?.removeEventListener("abort", stopped);
      resolve(wired);
      if (wired.is === "lost") request.destroy();
    };

    request.on("socket", (socket: Socket) => {
      hasSocket = true;
      if (!socket.connecting) left = true;
      else
        socket.once(isPlain ? "connect" : "secureConnect", () => {
          left = true;
        });
    });
    request.on("error", (error) => end({ is: "lost", left, why: error.message || error.name }));
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > BODY_LIMIT) end({ is: "lost", left, why: "the answer is too long" });
        else chunks.push(chunk);
      });
      response.on("end", () =>
        end({
          is: "answered",
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
      response.on("error", (error) => end({ is: "lost", left, why: error.message }));
      response.on("aborted", () => end({ is: "lost", left, why: "the answer was cut" }));
    });
    request.end(call.body);
  });
}
