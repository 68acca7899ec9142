"use client";
import { Select } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";

/** The published versions of a journey, the newest first; nothing where there is only one. */
export function VersionSelect({
  newest,
  value,
  onChange,
}: {
  newest: number | null | undefined;
  value: string | null;
  onChange(version: string | null): void;
}) {
  const t = useT("common");
  if ((newest ?? 0) < 2 && value === null) return null;
  const versions = Array.from({ length: Math.max(newest ?? 0, Number(value) || 0) }, (_, i) => String(i + 1)).reverse();
  return (
    <Select
      aria-label={t("version")}
      placeholder={t("anyVersion")}
      clearable
      miw={104}
      value={value}
      onChange={onChange}
      data={versions.map((version) => ({ value: version, label: `v${version}` }))}
    />
  );
}
