"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Query } from "../api";
import { useApi } from "../workspace";

/** One page of a list as the API gives it. */
export type Page<T> = { items: T[]; next: string | null };

/** Filters without what is not set, so that two ways of saying "no filter" are one key. */
const tidy = (query: Query): Query =>
  Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );

/**
 * A cursor-paged list of the management API. `initial` is the first page a server component already read, with the query it was
 * read by; while other filters load, the old rows stay, marked stale. `every`: ms from one look at a page of it to the next.
 */
export function useList<T, P extends Page<T> = Page<T>>(
  path: string,
  given: Query,
  options: { initial?: { page: P; query: Query }; every?: number | false; isPaused?: boolean } = {},
) {
  const api = useApi();
  const query = tidy(given);
  const { initial, every } = options;
  const isInitial = initial !== undefined && JSON.stringify(tidy(initial.query)) === JSON.stringify(query);
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [path, query],
    queryFn: ({ pageParam, signal }) => api.get<P>(path, { ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    ...(isInitial && { initialData: { pages: [initial.page], pageParams: [null] } }),
    ...(options.isPaused && {
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: Number.POSITIVE_INFINITY,
    }),
    // All loaded pages are asked for again: the more of them, the more seldom.
    refetchInterval: every ? ({ state }) => every * Math.max(1, state.data?.pages.length ?? 1) : false,
  });
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  return {
    rows,
    first: data?.pages[0],
    error,
    isStale: isPlaceholderData,
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    more: () => void fetchNextPage(),
    refetch,
  };
}
