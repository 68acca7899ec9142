"use client";
import { Button, Checkbox, Menu } from "@mantine/core";
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
          <Menu.Item
            key={id}
            role="menuitemcheckbox"
            aria-checked={!hidden.has(id)}
            onClick={() => onChange(hidden.has(id) ? [...hidden].filter((one) => one !== id) : [...hidden, id])}
            leftSection={<Checkbox.Indicator checked={!hidden.has(id)} size="xs" />}
          >
            {header}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
