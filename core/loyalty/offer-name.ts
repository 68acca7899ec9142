import { z } from "zod";
import { inLanguage, readIn } from "../message/language";
import { LOCALES, type Locale } from "../text";

const Line = z.string().trim().min(1).max(120);

/** What an offer is called, in the languages it was named in; who reads another reads its plain name. */
export const OfferNames = z.strictObject({ en: Line.optional(), "zh-CN": Line.optional() });
export type OfferNames = z.infer<typeof OfferNames>;

/** As a caller gives it: one name for everybody, or one per language. */
export const OfferName = z.union(
  [
    Line,
    OfferNames.refine(
      (names) => LOCALES.some((locale) => names[locale] !== undefined),
      "needs a name in one language at least",
    ),
  ],
  'should be a name of 1 to 120 characters, or one per language, like {"en": "20 off", "zh-CN": "立减20元"}',
);
export type OfferName = z.infer<typeof OfferName>;

/** What is kept of it. `name`: for readers of no language it was named in, and wherever nobody reads; of several that in the workspace's language. */
export const called = (given: OfferName, workspace: Locale): { name: string; names: OfferNames } =>
  typeof given === "string"
    ? { name: given, names: {} }
    : { name: inLanguage(given, null, workspace)?.content ?? "", names: given };

/** An offer's, or a coupon's, name for a reader of this language, ours or as a member has it ("zh-TW"). */
export const nameIn = ({ name, names }: { name: string; names?: OfferNames }, language: string | null): string => {
  const locale = readIn(language);
  return (locale && names?.[locale]) ?? name;
};
