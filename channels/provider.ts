import type { z } from "zod";
import type { ChannelKind, Rendered } from "@/core/message/channel";

export type { ChannelKind };

/** One message on its way to a provider. */
export type Outgoing<K extends ChannelKind = ChannelKind> = {
  /** Our message id: the mark by which the provider's records and ours are held together. */
  key: string;
  /** A phone (E.164), an email address, or a push subscription's JSON. */
  to: string;
  content: Rendered[K];
  /** Where the provider reports what became of it; carries the key as the query parameter `key`. */
  callbackUrl: string;
  /** Absent for service messages. `oneClick` takes the POST of RFC 8058, `page` a person. */
  unsubscribe?: { page: string; oneClick: string };
  /** After this instant nobody wants it any more. */
  expiresAt: Date;
  /**
   * Nothing is handed over after this instant, so that a withdrawal of consent after the claim is obeyed in time. Refused as `not_begun`, for
   * now, where a free connection of our own was waited for; under another reason where the provider was.
   */
  beginBy?: Date;
};

/**
 * `unknown`: it may have arrived or not. `lasting`: trying again cannot help. `suppress`: never write to this address again. `isPersonal`: the
 * cause is its owner (switched off, blocked, a full mailbox), though the address may serve again. `after`: so many milliseconds the provider
 * asks to be left alone.
 */
export type Sent =
  | { is: "accepted"; ref: string }
  | { is: "unknown" }
  | { is: "refused"; lasting: boolean; suppress: boolean; reason: string; isPersonal?: true; after?: number };

/** The reason of what we ourselves did not begin in time: the provider had no part in it. */
export const NOT_BEGUN = "not_begun";

/** What `find` may go by besides the key, for providers whose records do not show it. */
export type Lost<K extends ChannelKind = ChannelKind> = {
  to: string;
  content: Rendered[K];
  /** When the call began and when it was given up. */
  since: Date;
  until: Date;
  /** References of the provider that are known to belong to other messages. */
  others: readonly string[];
};

export type Report =
  | {
      about: "message";
      key: string;
      ref: string;
      /** `complained`: the recipient called it spam. */
      is: "sent" | "delivered" | "failed" | "complained";
      suppress: boolean;
      reason?: string;
      isPersonal?: true;
    }
  | { about: "reply"; ref: string; from: string; to: string; text: string; wish: "stop" | "start" | "none" };

/** A provider's call as it came in: `url` is the public address that the provider called, not what a proxy made of it. */
export type RawRequest = {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
};

/** Whoever carries one channel. Methods, so that the registry needs no `any`. */
export type Provider<K extends ChannelKind = ChannelKind, S = unknown> = {
  channel: K;
  settings: z.ZodType<S>;
  /** Settings that lead to the sandbox on its usual ports. */
  sandbox: S;
  /** How many calls it carries at once from one process: no more are claimed, so no more can be in doubt when the process dies. */
  atOnce(settings: S): number;
  /** Sends once. Aborting `stop` gives up: refused if nothing had left yet, else unknown. Never throws for what a provider can do. */
  send(settings: S, message: Outgoing<K>, stop: AbortSignal): Promise<Sent>;
  /** Reconciles `unknown` from the provider's own records. Not found: refused as `never_arrived`, so ask only once it would be listed. */
  find?(settings: S, key: string, lost: Lost<K>): Promise<Sent>;
  /** Verifies that the provider itself called, then parses. */
  receive?(settings: S, request: RawRequest): Report[] | "forged";
};
