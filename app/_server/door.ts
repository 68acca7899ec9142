import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { z } from "zod";
import type { Refusal } from "@/core/refusals";
import { config } from "@/platform/config";
import { connect, followClock } from "@/platform/db";
import { type Session, sessionOf } from "@/services/access/actor-from-session";
import { call, type UseCase } from "@/services/access/use-case";
import { PATH_HEADER, signInFrom } from "../sign-in/way-back";

let isConnected = false;
/** The pool of this process, opened by whoever comes first. */
export function ready(): void {
  if (isConnected) return;
  connect(config().DATABASE_URL, config().DATABASE_POOL);
  followClock();
  isConnected = true;
}

/** Who is signed in, or undefined. Read once per request. */
export const session = cache(async (): Promise<Session | undefined> => {
  ready();
  return sessionOf(new Headers(await headers()));
});

/** Who looks; a stranger is led to the sign-in page and from there back here, and who has to choose a password to where that is done. */
export async function person(): Promise<Session["actor"]> {
  const known = (await session()) ?? redirect(signInFrom((await headers()).get(PATH_HEADER)));
  return known.mustChange ? redirect("/first-password") : known.actor;
}

/** A refusal where a page needs the value; the error page says its reason, which it reads from the digest. */
class PageRefused extends Error {
  readonly digest: string;
  constructor(reason: Refusal) {
    super(reason);
    this.digest = reason;
  }
}

/** Reads for a page: the value, or `undefined` where there is none. Other refusals end on the error page. */
export async function read<I extends z.ZodType, O>(useCase: UseCase<I, O>, input: z.input<I>): Promise<O | undefined> {
  const outcome = await call(useCase, await person(), input);
  if (outcome.ok) return outcome.value;
  if (outcome.reason === "not_found") return undefined;
  throw new PageRefused(outcome.reason);
}

/** Reads the first page of a list by what stands in the address; whatever is refused there, the browser asks again and shows. */
export async function tryRead<I extends z.ZodType, O>(useCase: UseCase<I, O>, input: unknown): Promise<O | undefined> {
  const outcome = await call(useCase, await person(), input);
  return outcome.ok ? outcome.value : undefined;
}
