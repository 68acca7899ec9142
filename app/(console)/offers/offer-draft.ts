import type { OfferTerms } from "@/core/loyalty/offer";
import { LOCALES, type Locale } from "@/core/text";
import { type Words, written } from "../../_ui/fields/words-fields";
import type { Offer } from "./offer";

/** An offer while it is being typed: every field may still be empty. Money in minor units. */
export type OfferDraft = {
  names: Words;
  kind: OfferTerms["discount"]["kind"];
  amount: number | null;
  percent: number | null;
  threshold: number | null;
  cap: number | null;
  lasts: "days" | "fixed";
  days: number | null;
  from: string | null;
  until: string | null;
  stock: number | null;
  perMember: number | null;
  notes: Words;
  stackable: boolean;
  stores: string[] | null;
};
type Wrong = "name" | "amount" | "percent" | "days" | "until";

/** `own`: the workspace's language, in which what has one text for all is taken to be written. */
export function draftOf(offer: Offer | undefined, own: Locale): OfferDraft {
  const inAll = (plain: string, per: Partial<Words>): Words => {
    const isPlain = LOCALES.every((locale) => per[locale] === undefined);
    return { en: "", "zh-CN": "", ...(isPlain ? { [own]: plain } : per) };
  };
  const note = offer?.terms.note ?? "";
  const discount = offer?.terms.discount;
  const validity = offer?.terms.validity;
  return {
    names: inAll(offer?.name ?? "", offer?.names ?? {}),
    kind: discount?.kind ?? "amount_off",
    amount: discount && discount.kind !== "percent_off" ? discount.amount : null,
    percent: discount?.kind === "percent_off" ? discount.percent : null,
    threshold: discount && discount.kind !== "cash_voucher" && discount.threshold > 0 ? discount.threshold : null,
    cap: discount?.kind === "percent_off" ? discount.cap : null,
    lasts: validity?.is ?? "days",
    days: validity?.is === "days" ? validity.days : 30,
    from: validity?.is === "fixed" ? validity.from : null,
    until: validity?.is === "fixed" ? validity.until : null,
    stock: offer?.stock ?? null,
    perMember: offer?.perMember ?? null,
    notes: typeof note === "string" ? inAll(note, {}) : inAll("", note),
    stackable: offer?.terms.stackable ?? false,
    stores: offer?.terms.stores ?? null,
  };
}

/** What it would give where nothing is written yet: 20 off from 100, or 15 %. `digits`: of the currency's minor unit. */
export function asExample(draft: OfferDraft, digits: number): OfferDraft {
  const units = (sum: number) => sum * 10 ** digits;
  const isEmpty = draft.kind === "percent_off" ? draft.percent === null : draft.amount === null;
  if (!isEmpty) return draft;
  return { ...draft, percent: 15, amount: units(20), threshold: draft.threshold ?? units(100) };
}

/** The terms as the API takes them, or which fields keep them from being complete. The name is judged too. */
export function termsOf(draft: OfferDraft): { terms: OfferTerms | undefined; wrong: Wrong[] } {
  const wrong: Wrong[] = [];
  const need = <T>(value: T | null, field: Wrong, isRight: (value: T) => boolean): T | undefined => {
    if (value !== null && isRight(value)) return value;
    wrong.push(field);
    return undefined;
  };
  const threshold = draft.threshold ?? 0;
  let discount: OfferTerms["discount"] | undefined;
  if (draft.kind === "percent_off") {
    const percent = need(draft.percent, "percent", (n) => n >= 1 && n <= 100);
    if (percent !== undefined) discount = { kind: "percent_off", threshold, percent, cap: draft.cap || null };
  } else {
    const amount = need(draft.amount, "amount", (n) => n > 0);
    if (amount !== undefined)
      discount =
        draft.kind === "amount_off" ? { kind: "amount_off", threshold, amount } : { kind: "cash_voucher", amount };
  }
  let validity: OfferTerms["validity"] | undefined;
  if (draft.lasts === "days") {
    const days = need(draft.days, "days", (n) => n >= 1);
    if (days !== undefined) validity = { is: "days", days };
  } else {
    const until = need(draft.until, "until", (day) => day !== "");
    if (until !== undefined) validity = { is: "fixed", from: draft.from, until };
  }
  if (!written(draft.names)) wrong.push("name");
  const isComplete = discount !== undefined && validity !== undefined;
  const note = written(draft.notes);
  return {
    terms:
      isComplete && discount && validity
        ? {
            discount,
            validity,
            stores: draft.stores,
            ...(draft.stackable && { stackable: true }),
            ...(note && { note }),
          }
        : undefined,
    wrong,
  };
}

/** What stands in an offer's fields, as it was given. */
export const givenIn = ({ name, names, terms, stock, perMember }: Offer) => ({
  name: Object.keys(names).length > 0 ? names : name,
  terms,
  stock,
  perMember,
});
