import type { ReactNode } from "react";
import { joined } from "@/core/gaps";
import type { Locale } from "@/core/text";
import { isolated } from "./isolated";
import { setApart } from "./set-apart";

type Values = Record<string, unknown>;
/** What the library's translators have in common, whatever their keys. */
type Translator = {
  (key: string, values?: Values, ...more: unknown[]): string;
  rich(key: string, values?: Values, ...more: unknown[]): ReactNode;
  markup(key: string, values?: Values, ...more: unknown[]): string;
  raw(key: string): unknown;
  has(key: string): boolean;
};

/** The same translator, whose values are set into their sentences by `beforeFilling` and `afterFilling`. */
export function withValues<T>(translator: T, locale: Locale): T {
  const t = translator as Translator;
  const readied = (key: string, values: Values, in_: Locale) =>
    beforeFilling(values, t.has(key) ? String(t.raw(key)) : "", in_);
  const filled: Translator = Object.assign(
    (key: string, values?: Values, ...more: unknown[]) =>
      values === undefined ? t(key, values, ...more) : afterFilling(t(key, readied(key, values, locale), ...more)),
    {
      rich: (key: string, values?: Values, ...more: unknown[]) => {
        if (values === undefined) return t.rich(key, values, ...more);
        const filled = t.rich(key, withElements(readied(key, values, locale)), ...more);
        return setApart(filled, afterFilling);
      },
      markup: t.markup,
      raw: t.raw,
      has: t.has,
    },
  );
  return filled as T;
}

/** Stands at both ends of a value until the gaps are set; private use, so that no text holds it. */
const SEAM = "\uE000";

/**
 * The values of a text before they are filled in: each isolated, and in Chinese marked where it meets the sentence.
 * @param sentence - The text with its places; a value by which it chooses ("{what, select, …}") stays as it is.
 */
function beforeFilling<V extends object>(values: V, sentence: string, locale: Locale): V {
  const filled = Object.entries(values).map(([name, value]: [string, unknown]) => {
    if (typeof value !== "string" || new RegExp(`\\{\\s*${name}\\s*,`).test(sentence)) return [name, value];
    return [name, locale === "en" ? isolated(value) : SEAM + isolated(value) + SEAM];
  });
  return Object.fromEntries(filled) as V;
}

type Element = (chunks: ReactNode) => ReactNode;
const isElement = (value: unknown): value is Element => typeof value === "function";

/** What makes the elements of a text gets their words as they are set. */
const withElements = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      isElement(value) ? (chunks: ReactNode) => value(setApart(chunks, afterFilling)) : value,
    ]),
  );

/** A filled text with a gap wherever Chinese and Latin meet at a value; inside of values nothing changes. */
const afterFilling = (text: string): string => joined(...text.split(SEAM));
