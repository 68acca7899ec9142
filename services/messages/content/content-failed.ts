import type { Refused } from "@/core/refusals";

/** Why content could not become a message; `coupon_missing`: it names a coupon that was not issued in this run; `not_text`: a value that has no words, an object. */
export type RenderCause =
  | "syntax"
  | "limit"
  | "coupon_missing"
  | "not_text"
  | "empty"
  | "too_long"
  | "bad_link"
  | "no_unsubscribe"
  | "mjml";
export type RenderFailure = Refused & { cause: RenderCause };

/** Carries a failure out of the template languages; never leaves render.ts. */
export class ContentFailed extends Error {
  constructor(
    readonly reason: RenderCause,
    message: string,
    readonly path?: (string | number)[],
  ) {
    super(message);
  }

  /** What a template language threw, with the place in the content. */
  static from(error: unknown, path?: (string | number)[]): ContentFailed {
    if (error instanceof ContentFailed) return error;
    const inner = error instanceof Error && "originalError" in error ? error.originalError : undefined;
    if (inner instanceof ContentFailed) return new ContentFailed(inner.reason, inner.message, path);
    const message = error instanceof Error ? error.message : String(error);
    const isLimit = /limit exceeded|Maximum call stack|Invalid (string|array) length/i.test(message);
    return new ContentFailed(isLimit ? "limit" : "syntax", message.slice(0, 300), path);
  }

  get failure(): RenderFailure {
    const { reason: cause, message: detail, path } = this;
    return { ok: false, reason: "content_failed", cause, detail, ...(path !== undefined && { path }) };
  }
}
