import type { Purpose } from "../channel";
import { withOptOut } from "../opt-out";
import type { Scope } from "../scope";
import { asWired } from "../wire-words";
import { type Piece, type Sampled, sampled, textOf } from "./sampled";

export type Sending = {
  purpose: Purpose;
  /** The workspace's own 【signature】; null: its name. */
  signature: string | null;
  /** How the number begins; the invented member's is one of mainland China. */
  to?: string;
};

const MAINLAND = "+86";

/**
 * An SMS's words as its member reads them, with all that is sent with them: the way out, and the signature that a number of mainland China is
 * shown. As when it leaves, the values are filled in first, for what they say decides what is added.
 */
export function asSent(template: string, scope: Scope, { purpose, signature, to = MAINLAND }: Sending): Sampled {
  const { pieces, isExact } = sampled(template, scope);
  const text = textOf(pieces);
  if (text.trim() === "") return { pieces: [], isExact };
  const { locale, currency, workspace } = scope;
  const whole = purpose === "marketing" ? withOptOut(text, locale) : text.trim();
  const around = { workspace: { name: workspace.name, currency }, messaging: { signature, advert: "never" } } as const;
  const sent = asWired("sms", { text: whole }, { purpose, locale, to, ...around }).text;
  return { pieces: inside(sent, whole, text, pieces), isExact };
}

/** The pieces of a text within what was made of it: `whole` has words behind it, `sent` words before it, or some of its first ones less. */
function inside(sent: string, whole: string, text: string, pieces: readonly Piece[]): Piece[] {
  const from = whole.length - alike(reversed(whole), reversed(sent));
  const until = Math.max(from, alike(whole, text));
  const plain = (words: string): Piece[] => (words === "" ? [] : [{ text: words, isFilled: false }]);
  return [
    ...plain(sent.slice(0, sent.length - (whole.length - from))),
    ...cut(pieces, from, until),
    ...plain(whole.slice(until)),
  ];
}

function cut(pieces: readonly Piece[], from: number, until: number): Piece[] {
  let at = 0;
  return pieces.flatMap((piece) => {
    const text = piece.text.slice(Math.max(0, from - at), Math.max(0, until - at));
    at += piece.text.length;
    return text === "" ? [] : [{ ...piece, text }];
  });
}

/** By code units, as the lengths of pieces are. */
const reversed = (text: string): string => text.split("").reverse().join("");

/** How far two texts are the same. */
function alike(a: string, b: string): number {
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  return same;
}
