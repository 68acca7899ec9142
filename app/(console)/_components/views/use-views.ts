"use client";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useProblem } from "../../../_ui/page/error-panel";
import { useApi } from "../../../_ui/workspace";
import type { SavedView, Screen } from "./view";

type Change = Partial<Pick<SavedView, "name" | "filters" | "isShared">>;

/** The kept views of a list, and what can be done with them. Each tells a refusal itself and then answers undefined. */
export function useViews(screen: Screen) {
  const api = useApi();
  const problem = useProblem();
  const queries = useQueryClient();
  const key = ["views", screen];
  const { data } = useQuery({
    queryKey: key,
    staleTime: 30_000,
    queryFn: async ({ signal }) => (await api.get<{ items: SavedView[] }>("/views", { screen }, signal)).items,
  });
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
      return undefined;
    } finally {
      void queries.invalidateQueries({ queryKey: key });
    }
  };
  return {
    views: data ?? [],
    save: ({ name, filters, isShared, isDefault }: Pick<SavedView, "name" | "filters" | "isShared" | "isDefault">) =>
      attempt(() => api.post<SavedView>("/views", { screen, name, filters, isShared, isDefault })),
    change: (id: string, change: Change) => attempt(() => api.patch<SavedView>(`/views/${id}`, change)),
    remove: (id: string) => attempt(() => api.remove<{ id: string }>(`/views/${id}`)),
    openWith: (view: string | null) => attempt(() => api.put("/views/default", { screen, view })),
  };
}
