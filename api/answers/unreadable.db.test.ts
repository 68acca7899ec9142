import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "@/tests/harness/database";
import { buildServer } from "../server";

await database();
const app = await buildServer();
let port = 0;
beforeAll(async () => {
  port = Number(new URL(await app.listen({ port: 0, host: "127.0.0.1" })).port);
});
afterAll(() => app.close());

/** What a bare socket is told, until the server ends it. */
const told = (bytes: string, end = false) =>
  new Promise<string>((resolve, reject) => {
    let heard = "";
    const socket = connect(port, "127.0.0.1", () => (end ? socket.end(bytes) : socket.write(bytes)));
    socket.setTimeout(5_000, () => socket.destroy(new Error(`not ended after: ${heard}`)));
    socket.on("data", (part) => (heard += part));
    socket.on("error", reject).on("close", () => resolve(heard));
  });

const POST = "POST /v1/track HTTP/1.1\r\nHost: x\r\n";
it.each([
  ["a handshake of TLS", "\x16\x03\x01\x02\x00\x01", false, 400, "invalid", /no HTTP\/1\.1/],
  ["a method that is none", "FOO / HTTP/1.1\r\nHost: x\r\n\r\n", false, 400, "invalid", /no HTTP\/1\.1/],
  ["HTTP/2 at once", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", false, 400, "invalid", /no HTTP\/1\.1/],
  [
    "a length and chunks",
    `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    false,
    400,
    "invalid",
    /length/,
  ],
  ["a chunk without a size", `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, false, 400, "invalid", /framing/],
  ["half a body", `${POST}Content-Length: 500\r\n\r\n{"userId"`, true, 400, "invalid", /length/],
  ["20 KB of address", `GET /?q=${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, false, 431, "too_large", /16 KB/],
  [
    "30 KB of headers",
    `GET / HTTP/1.1\r\nHost: x\r\nA: ${"a".repeat(30_000)}\r\n\r\n`,
    false,
    431,
    "too_large",
    /16 KB/,
  ],
  [
    "what we cannot promise",
    `${POST}Expect: 200-please\r\nContent-Length: 2\r\n\r\n`,
    false,
    417,
    "invalid",
    /100-continue/,
  ],
] as const)("answers %s with a problem, and ends the connection", async (_what, bytes, end, status, code, says) => {
  const [head = "", body = ""] = (await told(bytes, end)).split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toMatch(/content-type: application\/problem\+json/i);
  const problem = JSON.parse(body);
  expect(problem).toMatchObject({ status, code, type: `urn:regulars:problem:${code}` });
  expect(problem.detail).toMatch(says);
});

it("tells whoever asks without a page behind them what may be done", async () => {
  const answer = await app.inject({ method: "OPTIONS", url: "/api/v1/members" });
  expect(answer.statusCode).toBe(204);
});
