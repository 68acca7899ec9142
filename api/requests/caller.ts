import type { FastifyRequest } from "fastify";
import { spaced } from "@/core/gaps";
import { type Outcome, ok, type Refused, refuse } from "@/core/refusals";
import { config } from "@/platform/config";
import { type Actor, signature } from "@/services/access/actor";
import { actorFromApiKey } from "@/services/access/actor-from-key";
import { sessionOf } from "@/services/access/actor-from-session";
import { webHeaders } from "./headers";
import { rates } from "./rates";

let wait: ReturnType<typeof rates> | undefined;

/**
 * A header of the console's changes: whom its page was made for. A browser has one session, whichever tab signed in: what a page left open
 * sends would else be done, and audited, as whoever signed in since.
 */
const PERSON_HEADER = "x-person";

/** Who calls the management API, as fast as one may: the bearer of an API key, or a person with a session cookie. */
export async function caller(request: FastifyRequest): Promise<Outcome<Actor>> {
  const actor = await known(request);
  if (!actor.ok) return actor;
  const { API_PER_SECOND: perSecond } = config();
  if (perSecond === undefined) return actor;
  wait ??= rates(perSecond);
  return wait(`${actor.value.workspace} ${signature(actor.value)}`) > 0
    ? refuse("too_many_requests", `at most ${perSecond} requests a second; send this again after Retry-After`)
    : actor;
}

async function known(request: FastifyRequest): Promise<Outcome<Actor>> {
  const { authorization } = request.headers;
  if (authorization) {
    const [scheme, key] = authorization.trim().split(/ +/);
    const actor = scheme?.toLowerCase() === "bearer" && key ? await actorFromApiKey(key) : undefined;
    return actor
      ? ok(actor)
      : refuse("not_signed_in", "the API key is unknown or revoked; send Authorization: Bearer sk_…");
  }
  if (!request.headers.cookie) return refuse("not_signed_in", "sign in, or send Authorization: Bearer sk_…");
  // A cookie goes along with whatever page made the browser ask, so a change must come from a page of ours.
  if (request.method !== "GET" && request.method !== "HEAD" && !isOurs(request.headers.origin))
    return refuse("not_allowed", "a change by session cookie must come from the console's own origin");
  const session = await sessionOf(webHeaders(request.headers));
  if (!session) return refuse("not_signed_in", "sign in, or send Authorization: Bearer sk_…");
  const person = request.headers[PERSON_HEADER];
  if (person !== undefined && person !== session.actor.user) return somebodyElse(session.actor.name);
  return session.mustChange
    ? refuse("not_allowed", {
        en: "the one-time password has to be replaced first, in the console",
        "zh-CN": "请先在控制台更换一次性密码",
      })
    : ok(session.actor);
}

const somebodyElse = (name: string): Refused =>
  refuse("somebody_else", {
    en: `${name} is signed in now: sign in again to do this as yourself`,
    "zh-CN": spaced(`当前登录的是${name}：请重新登录您自己的账号后再操作`),
  });

/** Whether a browser's Origin is the console or this API. */
export function isOurs(origin: string | undefined): boolean {
  const { PUBLIC_URL, PUBLIC_API_URL } = config();
  return origin !== undefined && [PUBLIC_URL, PUBLIC_API_URL].some((url) => new URL(url).origin === origin);
}
