import type { Purpose } from "@/core/message/channel";
import { withOptOut } from "@/core/message/opt-out";
import { asWired } from "@/core/message/wire-words";
import type { Locale } from "@/core/text";

type Sending = {
  purpose: Purpose;
  locale: Locale;
  around: { name: string; currency: string; signature: string };
  /** How the number begins; the invented member's is one of mainland China. */
  to?: string;
};

/** An SMS's words with all that is sent with them: the way out, and the signature that a number of mainland China is shown, where it is one. */
export function asSent(text: string, { purpose, locale, around, to = "+86" }: Sending): string {
  const whole = purpose === "marketing" ? withOptOut(text, locale) : text.trim();
  if (text.trim() === "") return "";
  const { name, currency, signature } = around;
  return asWired(
    "sms",
    { text: whole },
    { purpose, locale, to, workspace: { name, currency }, messaging: { signature, advert: "never" } },
  ).text;
}
