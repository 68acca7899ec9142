"use client";
import { ActionIcon } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import classes from "../fields.module.css";
import { useOfRow } from "../use-of-row";

/** Moves one of a list's rows up or down, or takes it out; `least` rows stay. */
export function RowButtons<T>({
  rows,
  at,
  name,
  remove,
  least = 1,
  isFixedOrder = false,
  onChange,
}: {
  rows: readonly T[];
  at: number;
  /** The row's own; empty = it has none. */
  name: string;
  /** What taking it out is called. */
  remove: string;
  least?: number;
  /** Their order says nothing. */
  isFixedOrder?: boolean;
  onChange(rows: T[]): void;
}) {
  const t = useT("designerFields");
  const ofRow = useOfRow();
  const move = (to: number) => {
    const [mine, other] = [rows[at], rows[to]];
    if (mine !== undefined && other !== undefined) onChange(rows.with(at, other).with(to, mine));
  };
  const moves = [
    { label: t("moveUp"), icon: <IconChevronUp size={15} />, isOff: at === 0, act: () => move(at - 1) },
    {
      label: t("moveDown"),
      icon: <IconChevronDown size={15} />,
      isOff: at === rows.length - 1,
      act: () => move(at + 1),
    },
  ];
  const buttons = [
    ...(isFixedOrder ? [] : moves),
    {
      label: remove,
      icon: <Icon name="close" size={15} />,
      isOff: rows.length <= least,
      act: () => onChange(rows.toSpliced(at, 1)),
    },
  ];
  return (
    <div className={classes.rowButtons}>
      {buttons.map(({ label, icon, isOff, act }) => (
        <ActionIcon
          key={label}
          size={26}
          variant="subtle"
          color="gray"
          aria-label={ofRow(label, name, at)}
          disabled={isOff}
          onClick={act}
        >
          {icon}
        </ActionIcon>
      ))}
    </div>
  );
}
