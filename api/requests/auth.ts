import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { asObject } from "@/core/objects";
import { ONE_TIME_DAYS } from "@/core/policy/one-time-password";
import { type Refused, refuse } from "@/core/refusals";
import { config } from "@/platform/config";
import { sessionOf } from "@/services/access/actor-from-session";
import { auth, LONGEST_PASSWORD, OVERDUE, SHORTEST_PASSWORD } from "@/services/access/auth";
import { isOverdue } from "@/services/access/one-time-password";
import { ATTEMPTS, type AttemptLimits, countAttempt, forgetAttempts } from "@/services/access/sign-in-attempts";
import { refused } from "../answers/language";
import { addressOf } from "./address-of";
import { isOurs } from "./caller";
import { webHeaders } from "./headers";
import { readJson } from "./json-body";

const PASSWORD_LENGTH = {
  en: `should be ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`,
  "zh-CN": `应为 ${SHORTEST_PASSWORD} 至 ${LONGEST_PASSWORD} 个字符`,
};
const TOO_LATE = refuse("not_allowed", {
  en: `this one-time password was not replaced within ${ONE_TIME_DAYS} days and opens nothing any more: ask an owner of the workspace for a new one`,
  "zh-CN": `此一次性密码未在 ${ONE_TIME_DAYS} 天内更换，已经失效：请联系工作区所有者获取新的一次性密码`,
});

/** What better-auth refuses by a code of its own, in our words. */
const REFUSED: Readonly<Record<string, Refused>> = {
  [OVERDUE]: TOO_LATE,
  INVALID_EMAIL_OR_PASSWORD: refuse("not_signed_in", {
    en: "the email or the password is wrong",
    "zh-CN": "邮箱或密码不正确",
  }),
  INVALID_EMAIL: refuse("invalid", { en: "should be an email address", "zh-CN": "应为邮箱地址" }, ["email"]),
  INVALID_PASSWORD: refuse("invalid", { en: "the current password is wrong", "zh-CN": "当前密码不正确" }, [
    "currentPassword",
  ]),
  PASSWORD_TOO_SHORT: refuse("invalid", PASSWORD_LENGTH, ["newPassword"]),
  PASSWORD_TOO_LONG: refuse("invalid", PASSWORD_LENGTH, ["newPassword"]),
  UNAUTHORIZED: refuse("not_signed_in", { en: "sign in first", "zh-CN": "请先登录" }),
};

/** Mounts at /api/auth what people do of better-auth: sign in and out, and change their password. Nothing else of it stands open. */
export async function signIn(
  app: FastifyInstance,
  { attempts = ATTEMPTS }: { attempts?: AttemptLimits },
): Promise<void> {
  readJson(app);
  // better-auth checks the origin where a cookie is there; a first sign-in from elsewhere has none, so it is checked for all.
  app.addHook("preHandler", async (request, reply) => {
    if (request.method === "POST" && request.headers.origin !== undefined && !isOurs(request.headers.origin))
      return refused(reply, refuse("not_allowed", "this origin is not the console's"));
  });
  /** Anything that takes a password. */
  const limited = async (request: FastifyRequest, reply: FastifyReply) => {
    const email = emailOf(request.body);
    const seconds = await countAttempt({ address: addressOf(request), email }, attempts);
    if (seconds > 0)
      return refused(
        reply.header("retry-after", String(seconds)),
        refuse("too_many_requests", `try again in ${seconds} s`),
      );
    const response = await answerOf(request);
    if (email !== undefined && response.ok) await forgetAttempts(email);
    return passOn(response, reply);
  };
  app.post("/sign-in/email", { schema: { hide: true } }, limited);
  app.post("/change-password", { schema: { hide: true } }, async (request, reply) => {
    // Whoever signed in while it served may have left the page open until it did no more.
    const session = await sessionOf(webHeaders(request.headers));
    return session && (await isOverdue(session.actor.user)) ? refused(reply, TOO_LATE) : limited(request, reply);
  });
  app.post("/sign-out", { schema: { hide: true } }, async (request, reply) => passOn(await answerOf(request), reply));
}

function answerOf(request: FastifyRequest): Promise<Response> {
  const headers = webHeaders(request.headers);
  headers.set("x-regulars-ip", addressOf(request));
  headers.set("content-type", "application/json");
  return auth().handler(
    new Request(new URL(request.routeOptions.url ?? request.url, config().PUBLIC_API_URL), {
      method: request.method,
      headers,
      body: JSON.stringify(request.body ?? {}),
    }),
  );
}

async function passOn(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  const text = await response.text();
  if (!response.ok) return refused(reply, refusalOf(response.status, text));
  reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== "set-cookie") reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
  return reply.send(text);
}

/** A refusal of better-auth as one of ours. Throws where the mistake is none of the caller's. */
function refusalOf(status: number, text: string): Refused {
  const { code, message } = said(text);
  const known = REFUSED[code];
  if (known) return known;
  if (status >= 500) throw new Error(`better-auth answered ${status}: ${text.slice(0, 300)}`);
  const [, field] = /^\[body\.(\w+)\]/.exec(message) ?? [];
  if (field !== undefined) return refuse("invalid", { en: "should be a text", "zh-CN": "应为文本" }, [field]);
  return refuse(status === 401 ? "not_signed_in" : status === 403 ? "not_allowed" : "invalid");
}

function said(text: string): { code: string; message: string } {
  try {
    const { code, message } = asObject(JSON.parse(text));
    return { code: String(code), message: String(message) };
  } catch {
    return { code: "", message: "" };
  }
}

const emailOf = (body: unknown): string | undefined =>
  typeof body === "object" && body !== null && "email" in body && typeof body.email === "string"
    ? body.email.slice(0, 400)
    : undefined;
