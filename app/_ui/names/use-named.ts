"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { isUuid } from "@/core/uuid";
import type { Api } from "../api";
import type { Page } from "../table/use-list";
import { useApi } from "../workspace";

/** What is chosen by name and kept by its id. */
export type Kind = "segments" | "journeys" | "stores" | "offers";
/** `state` of a journey or an offer, `closedAt` of a store. */
export type Named = { id: string; name: string; state?: string; closedAt?: string | null; version?: number | null };

/** So many of each kind are at hand: of journeys those changed last, of stores the first by code, of others the newest. */
const AT_HAND = 200;
/** So many ids the server is asked for at once. */
export const MOST_ASKED = 100;
const TYPING_MS = 200;
const FRESH_MS = 30_000;
const MOST_FOUND = 50;

/** The part of a kind that is at hand; `next` is null where that is all there is. */
export const atHand = <T extends { id: string } = Named>(api: Api, kind: Kind) => ({
  queryKey: ["shelf", kind],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Page<T>>(`/${kind}`, { limit: AT_HAND }, signal),
  staleTime: FRESH_MS,
});

/** Things by their ids, with commas between, however old; archived journeys and closed stores too. What is no such thing is absent. */
export const byIds = <T extends { id: string } = Named>(api: Api, kind: Kind, ids: string) => ({
  queryKey: ["shelf", kind, ids],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api.get<Page<T>>(`/${kind}`, { ids, limit: MOST_ASKED, ...(kind === "stores" && { state: "all" }) }, signal),
  enabled: ids !== "",
  staleTime: FRESH_MS,
});

const NONE: readonly string[] = [];

/**
 * Things to choose from by name: those at hand, and where these are not all, what is `typed`, searched for among all of them. Those of `ids` are
 * there too, however old; `gone` are the ones that are certainly no more, which no list that is cut or could not be read can tell.
 * Without a kind nothing is asked.
 */
export function useNamed(
  kind: Exclude<Kind, "offers"> | undefined,
  { typed, ids = NONE }: { typed: string; ids?: readonly string[] },
): { items: Named[]; gone: ReadonlySet<string> } {
  const api = useApi();
  const of = kind ?? "segments";
  const isAsked = kind !== undefined;
  const newest = useQuery({ ...atHand(api, of), enabled: isAsked, retry: false });
  const [asked] = useDebouncedValue(typed.trim(), TYPING_MS);
  const isCut = newest.data !== undefined && newest.data.next !== null;
  const search = useQuery({
    queryKey: ["shelf", of, "called", asked],
    queryFn: ({ signal }) => api.get<Page<Named>>(`/${of}`, { q: asked, limit: MOST_FOUND }, signal),
    enabled: isAsked && isCut && asked !== "",
    staleTime: FRESH_MS,
    retry: false,
    placeholderData: (before) => before,
  });
  const wanted = isAsked ? ids.filter(isUuid).sort().join(",") : "";
  const missing = useMemo(() => {
    const known = new Set(newest.data?.items.map(({ id }) => id));
    const unknown = wanted === "" ? [] : wanted.split(",").filter((id) => !known.has(id));
    return newest.data ? unknown.slice(0, MOST_ASKED) : [];
  }, [newest.data, wanted]);
  const older = useQuery({ ...byIds(api, of, missing.join(",")), retry: false });
  return useMemo(() => {
    const listed = [newest.data, search.data, older.data].flatMap((page) => page?.items ?? []);
    const items = isAsked ? [...new Map(listed.map((one) => [one.id, one])).values()] : [];
    const found = new Set(listed.map(({ id }) => id));
    const gone = new Set(older.data ? missing.filter((id) => !found.has(id)) : []);
    return { items, gone };
  }, [isAsked, missing, newest.data, older.data, search.data]);
}
