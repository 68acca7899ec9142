"use client";
import { Button } from "@mantine/core";
import { useT } from "../../_i18n/use-t";

/** How many rows stand here, and the way to more. */
export function ListFooter({
  count,
  hasMore,
  isLoading,
  onMore,
}: {
  /** Absent until the first rows are there. */
  count: number | undefined;
  hasMore: boolean;
  isLoading: boolean;
  onMore(): void;
}) {
  const t = useT("common");
  return (
    <>
      <span aria-live="polite">{count !== undefined && t("shown", { count })}</span>
      {hasMore && (
        <Button variant="default" size="xs" loading={isLoading} onClick={onMore}>
          {t("more")}
        </Button>
      )}
    </>
  );
}
