import type { z } from "zod";
import type { Problem } from "../journey/problem";
import type { Text } from "../text";

export const CHANNELS = ["sms", "email", "push"] as const;
export type ChannelKind = (typeof CHANNELS)[number];

/** Why a message goes out. Marketing needs consent and a way to say stop; service (a receipt, a code) may carry no offer. */
export type Purpose = "marketing" | "service";

/** What a provider is handed: content with everything filled in, ready for the wire. */
export type Rendered = {
  sms: { text: string };
  email: { subject: string; preheader?: string; html: string; text: string };
  push: { title: string; body: string; url?: string };
};

/** A finding about one language's content; `path` points into it. The node adds its own place. */
export type ContentProblem = Pick<Problem, "code" | "severity" | "path" | "says">;

/** What a channel is, whoever carries it. Methods, so that the registry needs no `any`. */
export type Channel<K extends ChannelKind = ChannelKind, C = unknown> = {
  kind: K;
  icon: K;
  name: Text;
  /** The identity of a member that this channel writes to. */
  address: "phone" | "email" | "push";
  /** Content in one language: templates, not yet filled in. */
  content: z.ZodType<C>;
  initial: C;
  problems(content: C, purpose: Purpose, locale: keyof Text): ContentProblem[];
  /** How many billed units the rendered message is. */
  parts(rendered: Rendered[K]): number;
};
