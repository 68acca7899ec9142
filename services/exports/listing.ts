import { z } from "zod";
import type { Cell } from "@/core/csv";
import { type Outcome, ok } from "@/core/refusals";
import type { Locale, Text } from "@/core/text";
import { offsetAt } from "@/core/time/local-time";
import type { Actor } from "../access/actor";
import { call, type UseCase } from "../access/use-case";

/** In what money and on whose clocks a file is written. */
export type Terms = { currency: string; zone: string; locale: Locale };
/** `known`: what was looked up for the whole page of rows. */
export type Column<T, K = undefined> = { heading: Text; value(row: T, terms: Terms, known: K): Cell };
export type Listing = {
  headings: Text[];
  /** The names of its filters. A misspelt one would hand out everything. */
  filters: readonly string[];
  /** Up to 200 lines from a cursor on, as the list itself would show them. */
  page(
    actor: Actor,
    query: object,
    cursor: string | null,
    terms: Terms,
  ): Promise<Outcome<{ lines: Cell[][]; next: string | null }>>;
};

const LIMIT = 200;

/** A list of the management API as lines of a file: the same filters, the same order, the same rights. */
export const listing = <I extends z.ZodType, T>(
  useCase: UseCase<I, { items: T[]; next: string | null }>,
  columns: Column<T>[],
): Listing => listingWith(useCase, async () => undefined, columns);

/** The same, where columns need what is looked up once for all rows of a page, by whoever takes the file. */
export const listingWith = <I extends z.ZodType, T, K>(
  useCase: UseCase<I, { items: T[]; next: string | null }>,
  lookUp: (actor: Actor, rows: T[], terms: Terms) => Promise<K>,
  columns: Column<T, K>[],
): Listing => ({
  headings: columns.map(({ heading }) => heading),
  filters: useCase.input instanceof z.ZodObject ? Object.keys(useCase.input.shape) : [],
  async page(actor, query, cursor, terms) {
    const outcome = await call(useCase, actor, { ...query, limit: LIMIT, ...(cursor !== null && { cursor }) });
    if (!outcome.ok) return outcome;
    const { items, next } = outcome.value;
    const known = await lookUp(actor, items, terms);
    return ok({ lines: items.map((row) => columns.map((column) => column.value(row, terms, known))), next });
  },
});

/** An instant as spreadsheets read it, on the workspace's clocks: `2026-11-28 14:05:09`. */
export function localTime(at: Date | null, { zone }: Terms): string | null {
  if (at === null) return null;
  return new Date(at.getTime() + offsetAt(at.getTime(), zone)).toISOString().slice(0, 19).replace("T", " ");
}

/** Minor units as a plain decimal: 12880 → `128.80` in CNY, `12880` in JPY. */
export function decimal(minor: number, { currency }: Terms): string {
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
  return (minor / 10 ** (digits ?? 2)).toFixed(digits ?? 2);
}
