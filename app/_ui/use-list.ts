"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Query } from "./api";
import { useApi } from "./workspace";

/** One page of a list as the API gives it. */
export type Page<T> = { items: T[]; next: string | null };

/**
 * A cursor-paged list of the management API. `initial` is the first page a server component already read, for the filters it was
 * read with; while other filters load, the old rows stay, marked stale.
 */
export function useList<T>(path: string, query: Query, options: { initial?: Page<T>; isFirst?: boolean; every?: number } = {}) {
  const api = useApi();
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [path, query],
    queryFn: ({ pageParam, signal }) => api.get<Page<T>>(path, { ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    ...(options.initial && options.isFirst && { initialData: { pages: [options.initial], pageParams: [null] } }),
    ...(options.every && { refetchInterval: options.every }),
  });
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  return { rows, error, isStale: isPlaceholderData, hasMore: hasNextPage, isLoadingMore: isFetchingNextPage, more: () => void fetchNextPage(), refetch };
}
