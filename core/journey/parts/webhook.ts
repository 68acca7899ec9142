import { z } from "zod";

/** No Liquid before the path: where a member's data goes is the marketer's to say, never the data's. No name and password either. */
const ADDRESS = /^https?:\/\/[^\s{}/?#@\\]+(?:[/?#][\s\S]*)?$/i;
export const WebhookUrl = z
  .string()
  .trim()
  .max(2000)
  .regex(ADDRESS, "an address like https://crm.example.com/hook; values may stand behind the host only")
  .refine((url) => !/\s/.test(bare(url)) && URL.canParse(bare(url)), "an address like https://crm.example.com/hook");

const bare = (url: string): string => url.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, "x");
/** The host and port that a template leads to, whatever its values are. */
export const hostOf = (url: string): string => new URL(bare(url)).host;
export const originOf = (url: string): string => new URL(bare(url)).origin;

// RFC 9110 token; what belongs to the connection or to our signature is ours.
const RESERVED =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|proxy-.*|webhook-.*|cookie|user-agent)$/i;
export const WebhookHeader = z.strictObject({
  name: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,60}$/, "a header's name, like X-Api-Key")
    .refine((name) => !RESERVED.test(name), "this header is set by us"),
  value: z.string().max(1000),
});
export type WebhookHeader = z.infer<typeof WebhookHeader>;

export const METHODS = ["POST", "PUT", "PATCH"] as const;
