import { z } from "zod";
import { type Cell, CSV_START, csvLine } from "@/core/csv";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { LOCALES, type Locale } from "@/core/text";
import { dayOf } from "@/core/time/day";
import { sql } from "@/platform/db";
import type { Actor } from "../access/actor";
import { QUERY_PARAMETER, unknownName } from "../access/unknown-name";
import { call, useCase } from "../access/use-case";
import { SCREENS, Screen } from "../views/view";
import type { Listing, Terms } from "./listing";
import { listings } from "./listings";

export const ExportList = z.looseObject({ list: Screen, locale: z.enum(LOCALES).default("en") });

/** Who took which rows out of the house, before the first of them leaves. */
export const beginExport = useCase({
  may: "data.export",
  input: z.object({ list: Screen, filters: z.record(z.string(), z.unknown()) }),
  audit: "list.exported",
  async run({ tx, actor: { workspace } }) {
    const terms = await tx.one<Omit<Terms, "locale">>(
      sql`SELECT currency, time_zone AS zone FROM workspace WHERE id = ${workspace}`,
    );
    return terms ? ok(terms) : refuse("not_found");
  },
});

/**
 * A list as a CSV file: all rows that its filters find, in its order, heading first. Read page by page as the reader takes them, each
 * page in a transaction of its own, so that a slow download holds nothing: a row that moves meanwhile may be told twice or not at all.
 */
export async function exportList(
  actor: Actor,
  input: unknown,
  now: Date,
): Promise<Outcome<{ name: string; chunks: AsyncGenerator<string> }>> {
  const parsed = ExportList.safeParse(input);
  if (!parsed.success)
    return refuse(
      "invalid",
      { en: `there is no such list; lists: ${SCREENS.join(", ")}`, "zh-CN": `没有此列表；可用：${SCREENS.join("、")}` },
      ["list"],
    );
  const { list, locale, ...filters } = parsed.data;
  const listing: Listing = listings[list];
  const strange = Object.keys(filters).find((name) => !listing.filters.includes(name));
  if (strange !== undefined) {
    const known = ["locale", ...listing.filters.filter((name) => name !== "cursor" && name !== "limit")];
    return unknownName(strange, known, QUERY_PARAMETER);
  }
  const { cursor: _, limit: __, ...query } = filters;
  const begun = await call(beginExport, actor, { list, filters: query });
  if (!begun.ok) return begun;
  const terms: Terms = { ...begun.value, locale };
  const first = await listing.page(actor, query, null, terms);
  if (!first.ok) return first;
  const more = async (cursor: string): Promise<Lines> => {
    const page = await listing.page(actor, query, cursor, terms);
    if (page.ok) return page.value;
    throw new Error(`the file of ${list} broke off: ${page.reason}`);
  };
  return ok({
    name: `${list}-${dayOf(now.getTime(), terms.zone)}.csv`,
    chunks: chunksOf(listing, locale, first.value, more),
  });
}

type Lines = { lines: Cell[][]; next: string | null };

async function* chunksOf(
  { headings }: Listing,
  locale: Locale,
  first: Lines,
  more: (cursor: string) => Promise<Lines>,
): AsyncGenerator<string> {
  yield CSV_START + csvLine(headings.map((heading) => heading[locale]));
  for (let page = first; ; page = await more(page.next)) {
    if (page.lines.length > 0) yield page.lines.map(csvLine).join("");
    if (page.next === null) return;
  }
}
