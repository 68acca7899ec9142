"use client";
import { Button, Menu } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../icons";

/** Which columns a table shows. */
export function ColumnMenu({
  columns,
  hidden,
  onChange,
}: {
  columns: { id: string; header: string }[];
  hidden: ReadonlySet<string>;
  onChange(hidden: string[]): void;
}) {
  const t = useT("common");
  return (
    <Menu position="top-end" withinPortal closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-xs" leftSection={<Icon name="columns" size={14} />}>
          {t("columns")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.map(({ id, header }) => (
          <Menu.CheckboxItem
            key={id}
            checked={!hidden.has(id)}
            onChange={(isShown) => onChange(isShown ? [...hidden].filter((one) => one !== id) : [...hidden, id])}
          >
            {header}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
