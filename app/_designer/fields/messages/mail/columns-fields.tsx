"use client";
import { SegmentedControl } from "@mantine/core";
import type { EmailCell } from "@/core/message/channels/email-blocks";
import { useT } from "../../../../_i18n/use-t";
import classes from "../../fields.module.css";
import { BlockList, type ColumnsProps } from "./block-list";
import { CELL_KINDS, isCell } from "./kinds";

/** Two or three columns, each a list of blocks of its own. */
export function ColumnsFields({ block, path, error, onChange }: ColumnsProps) {
  const mail = useT("designerMail");
  const columns = block.columns.map((column) => column.filter(isCell));
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={mail("count")}
        data={["2", "3"]}
        value={String(columns.length)}
        onChange={(next) => onChange({ ...block, columns: resized(columns, Number(next)) })}
        data-testid="columns-count"
      />
      <p className={classes.hint}>{mail("columnsHint")}</p>
      {columns.map((column, c) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity but their place
        <section key={c} className={classes.column} aria-label={mail("column", { number: String(c + 1) })}>
          <b className={classes.columnName}>{mail("column", { number: String(c + 1) })}</b>
          <BlockList
            blocks={column}
            kinds={CELL_KINDS}
            path={[...path, "columns", c]}
            addLabel={mail("addTo", { number: String(c + 1) })}
            error={error}
            onChange={(next) => onChange({ ...block, columns: columns.with(c, next.filter(isCell)) })}
          />
        </section>
      ))}
    </>
  );
}

/** Another number of columns; what stood in one that goes comes to the last that stays. */
export function resized(columns: EmailCell[][], count: number): EmailCell[][] {
  if (count >= columns.length)
    return [...columns, ...Array.from({ length: count - columns.length }, (): EmailCell[] => [])];
  return [...columns.slice(0, count - 1), columns.slice(count - 1).flat()];
}
