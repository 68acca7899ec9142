"use client";
import { Button, Tooltip } from "@mantine/core";
import { useLocale } from "use-intl";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { Icon } from "../../_ui/icons";
import { useMay, useWorkspace } from "../../_ui/workspace";
import type { Screen } from "./views/view";

/** The list as it is filtered and sorted, all of its rows, as a file. The browser streams it to the disk by itself. */
export function ExportLink({ list, query }: { list: Screen; query: Query }) {
  const t = useT("views");
  const locale = useLocale();
  const { api } = useWorkspace();
  const may = useMay("data.export");
  if (!may) return null;
  const url = new URL(`/api/v1/exports/${list}`, api);
  url.searchParams.set("locale", locale);
  for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, String(value));
  return (
    <Tooltip label={t("exportHint")}>
      <Button
        component="a"
        href={url.href}
        download
        variant="default"
        leftSection={<Icon name="download" size={16} />}
        data-testid="export"
      >
        {t("export")}
      </Button>
    </Tooltip>
  );
}
