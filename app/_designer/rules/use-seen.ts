"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SeenField } from "@/core/rules/seen";
import { useApi } from "../../_ui/workspace";
import type { RuleScope } from "./fields";

const FRESH_MS = 60_000;

/** A rule's place with what the workspace's own data holds there; without it while that is read, or where it cannot be. */
export function useSeen(scope: RuleScope): RuleScope {
  const member = useFields(undefined);
  const event = useFields(scope.event, scope.event !== undefined);
  const entry = useFields(scope.entry, scope.entry !== undefined);
  return useMemo(
    () => ({ ...scope, seen: { ...(member && { member }), ...(event && { event }), ...(entry && { entry }) } }),
    [scope, member, event, entry],
  );
}

function useFields(event: string | undefined, isAsked = true): SeenField[] | undefined {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ["known-fields", event ?? ""],
    queryFn: ({ signal }) =>
      api.get<{ fields: SeenField[] }>("/segments/fields", event ? { event } : undefined, signal),
    enabled: isAsked && event !== "",
    staleTime: FRESH_MS,
    retry: false,
  });
  return isAsked ? data?.fields : undefined;
}
