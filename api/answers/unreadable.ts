import type { Server } from "node:http";
import type { Socket } from "node:net";
import { type Refused, refuse } from "@/core/refusals";
import { PROBLEM_JSON, problem } from "./problem";

const HEADERS_LIMIT = 16;

/**
 * Answers what is no HTTP request, so that nothing of ours ever reads it: a problem like any other, in English, as no header says which language
 * is wanted. The connection ends, because where the next request would begin is unknown (RFC 9112, 11.2).
 */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy(error);
    return;
  }
  const { status, phrase, refusal } = complaintOf(error.code);
  const body = JSON.stringify({ ...problem(refusal), status });
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nContent-Type: ${PROBLEM_JSON}; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function complaintOf(code: string | undefined): { status: number; phrase: string; refusal: Refused } {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return {
        status: 431,
        phrase: "Request Header Fields Too Large",
        refusal: refuse("too_large", `address and headers together should be at most ${HEADERS_LIMIT} KB`),
      };
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return {
        status: 408,
        phrase: "Request Timeout",
        refusal: refuse("invalid", "a request should arrive whole within 30 seconds"),
      };
    default:
      return {
        status: 400,
        phrase: "Bad Request",
        refusal: refuse("invalid", "this is no HTTP/1.1 request that can be read: its framing or its length is broken"),
      };
  }
}

/** Of expectations only 100-continue is met (RFC 9110, 10.1.1). */
export function meetExpectations(server: Server): void {
  server.on("checkExpectation", (_request, response) => {
    const body = JSON.stringify({
      ...problem(refuse("invalid", "Expect should be 100-continue", ["Expect"])),
      status: 417,
    });
    response
      .writeHead(417, {
        "content-type": `${PROBLEM_JSON}; charset=utf-8`,
        "content-length": Buffer.byteLength(body),
        connection: "close",
      })
      .end(body);
  });
}
