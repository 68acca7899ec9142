import { lookup } from "node:dns";
import { request as bare } from "node:http";
import { request as secure } from "node:https";
import { isIP, type LookupFunction, type Socket } from "node:net";
import { retryAfterMs } from "@/core/time/retry-after";
import type { Allowed } from "./allowed";
import { mayGoBare, mayReach } from "./reach";

export type Outgoing = { method: string; url: URL; headers: Record<string, string>; body: string };
/** What a receiver said; `refused` and lasting: no repeat can help. `after`: how long it wants to be left alone, in milliseconds. */
export type Posted =
  | { is: "taken"; status: number; type: string; text: string | null }
  | { is: "refused"; lasting: boolean; status: number | null; reason: string; after?: number };

export const CALL_TIMEOUT_MS = 10_000;
/** Characters of an answer that are read; a longer one is taken without them. */
const LONGEST_ANSWER = 65_536;

class NotAllowed extends Error {}

/**
 * Posts to an address of the public internet, or of what the operator allows. The name is resolved here and the very address that was judged
 * is connected to, so that a name which changes its mind leads nowhere; the socket's peer is judged once more. Redirects are not followed,
 * answers are cut, nothing is kept alive. `stop` cuts the call, which is refused for now. Never throws for what a receiver can do.
 */
export function post({ method, url, headers, body }: Outgoing, allowed: Allowed, stop: AbortSignal): Promise<Posted> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const barred = (reason: string): Posted => ({ is: "refused", lasting: true, status: null, reason });
  if (url.protocol !== "https:" && !(url.protocol === "http:" && mayGoBare(host, allowed)))
    return Promise.resolve(barred("https_only"));
  if (isIP(host) !== 0 && !mayReach(host, host, allowed)) return Promise.resolve(barred("address_not_allowed"));
  return new Promise<Posted>((done) => {
    const timeout = AbortSignal.timeout(CALL_TIMEOUT_MS);
    const send = url.protocol === "https:" ? secure : bare;
    const reasonOf = (error: Error): string => (stop.aborted ? "stopped" : timeout.aborted ? "timeout" : codeOf(error));
    const fail = (error: Error): void =>
      done(
        error instanceof NotAllowed
          ? barred("address_not_allowed")
          : { is: "refused", lasting: false, status: null, reason: reasonOf(error) },
      );
    const call = send(
      url,
      {
        method,
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        agent: false,
        lookup: judging(host, allowed),
        signal: AbortSignal.any([stop, timeout]),
        maxHeaderSize: 16_384,
      },
      (answer) => {
        const status = answer.statusCode ?? 0;
        const type = String(answer.headers["content-type"] ?? "");
        let text: string | null = "";
        const end = (): void => done(judge(status, type, text, answer.headers["retry-after"]));
        answer.setEncoding("utf8");
        answer.on("data", (piece: string) => {
          if (text === null) return;
          text += piece;
          if (text.length <= LONGEST_ANSWER) return;
          text = null;
          end();
          answer.destroy();
        });
        answer.on("end", end);
        answer.on("error", fail);
      },
    );
    call.on("socket", (socket: Socket) =>
      socket.once("connect", () => {
        if (!mayReach(host, socket.remoteAddress ?? "", allowed)) call.destroy(new NotAllowed());
      }),
    );
    call.on("error", fail);
    call.end(body);
  });
}

/** Resolves a name to addresses all of which may be reached; one that may not bars them all. */
const judging =
  (host: string, allowed: Allowed): LookupFunction =>
  (name, options, done) =>
    lookup(name, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error || !first) return done(error ?? new Error("ENOTFOUND"), "", 0);
      if (found.some(({ address }) => !mayReach(host, address, allowed))) return done(new NotAllowed(), "", 0);
      if (options.all) return done(null, found);
      return done(null, first.address, first.family);
    });

function judge(status: number, type: string, text: string | null, retryAfter: string | undefined): Posted {
  if (status >= 200 && status < 300) return { is: "taken", status, type, text };
  const passing = status >= 500 || status === 408 || status === 425 || status === 429;
  const after = passing ? retryAfterMs(retryAfter, Date.now()) : undefined;
  const reason = status >= 300 && status < 400 ? "redirect_not_followed" : `status_${status}`;
  return {
    is: "refused",
    lasting: !passing,
    status,
    reason,
    ...(after !== undefined && { after }),
  };
}

const codeOf = (error: Error): string =>
  "code" in error && typeof error.code === "string" ? error.code.toLowerCase().slice(0, 60) : "connection_failed";
