"use client";
import { Paper, Skeleton, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconSelector } from "@tabler/icons-react";
import { type ColumnDef, createColumnHelper, type Row, tableFeatures, useTable } from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import Link from "next/link";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Check } from "./check";
import { ColumnMenu } from "./column-menu";
import classes from "./data-table.module.css";
import { useFits } from "./use-fits";
import { useHiddenColumns } from "./use-hidden-columns";
import { useRowKeys } from "./use-row-keys";

export type Sort = { by: string; down: boolean };
export type Column<T> = {
  id: string;
  header: string;
  cell(row: T): ReactNode;
  /** The API can sort by this column. */
  sorts?: boolean;
  align?: "end";
  width?: string;
};

/** Which rows are chosen, and what a screen reader calls each choice. */
export type Selection<T> = {
  keys: ReadonlySet<string>;
  onToggle(key: string): void;
  onAll(keys: string[]): void;
  label(row: T): string;
  allLabel: string;
};

const features = tableFeatures({});
const ROW = 45;
// Below this many rows the whole table stands in the page, so that the browser's own search finds everything.
const VIRTUAL_FROM = 120;

/**
 * A table whose rows, order and filters come from the server. `href` makes each row a link, `opens` what its button opens; `rows` undefined shows
 * skeletons of the coming rows; `empty` stands in the table's place when there are none.
 */
export function DataTable<T extends object>({
  label,
  columns: all,
  rows,
  rowKey,
  href,
  opens = false,
  sort,
  onSort,
  empty,
  footer,
  expect = 8,
  isStale = false,
  select,
}: {
  label: string;
  columns: Column<T>[];
  rows: T[] | undefined;
  rowKey(row: T): string;
  href?(row: T): string;
  /** The button in a row's first cell covers the row. */
  opens?: boolean;
  sort?: Sort;
  onSort?(sort: Sort): void;
  empty: ReactNode;
  footer?: ReactNode;
  expect?: number;
  isStale?: boolean;
  /** Rows can be chosen, by their keys. */
  select?: Selection<T>;
}) {
  const [hidden, hide] = useHiddenColumns();
  const choosable = all.slice(1).filter(({ header }) => header !== "");
  const columns = useMemo(() => all.filter(({ id }, i) => i === 0 || !hidden.has(id)), [all, hidden]);
  const defined = useMemo(() => {
    const helper = createColumnHelper<typeof features, T>();
    return columns.map(({ id, header }) => helper.display({ id, header }));
  }, [columns]);
  const data = useMemo(() => rows ?? [], [rows]);
  const table = useTable<typeof features, T>({
    features,
    columns: defined as ColumnDef<typeof features, T>[],
    data,
    getRowId: rowKey,
  });
  const body = useRef<HTMLTableSectionElement>(null);
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  useRowKeys(frame);
  const fits = useFits(frame);
  const lines = table.getRowModel().rows;
  const isLong = lines.length >= VIRTUAL_FROM;
  const window = useWindowVirtualizer<HTMLTableRowElement>({
    count: isLong ? lines.length : 0,
    estimateSize: () => ROW,
    overscan: 12,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  const shown = isLong ? window.getVirtualItems() : undefined;
  const before = shown?.[0] ? shown[0].start - window.options.scrollMargin : 0;
  const last = shown?.at(-1);
  const after = last ? window.getTotalSize() - (last.end - window.options.scrollMargin) : 0;
  if (rows?.length === 0) return <Paper withBorder>{empty}</Paper>;
  return (
    <Paper withBorder className={classes.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={setFrame} className={classes.scroll} data-fits={fits || undefined} tabIndex={0} aria-label={label}>
        <table className={classes.table} aria-busy={!rows} data-stale={isStale || undefined}>
          <colgroup>
            {select && <col style={{ width: "2.5rem" }} />}
            {columns.map((c) => (
              <col key={c.id} style={c.width ? { width: c.width } : undefined} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {select && (
                <th scope="col" className={classes.select}>
                  <Check
                    label={select.allLabel}
                    isOn={lines.length > 0 && lines.every((row) => select.keys.has(row.id))}
                    isPartly={select.keys.size > 0 && !lines.every((row) => select.keys.has(row.id))}
                    onChange={(isOn) => select.onAll(isOn ? lines.map((row) => row.id) : [])}
                  />
                </th>
              )}
              {columns.map((column) => (
                <Head key={column.id} column={column} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {!rows &&
              Array.from({ length: expect }, (_, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: placeholders never move
                <tr key={i} aria-hidden>
                  {select && <td />}
                  {columns.map((c, j) => (
                    <td key={c.id}>
                      <Skeleton h={12} w={`${70 - (((i + 3) * (j + 5) * 7) % 35)}%`} {...(c.align && { ml: "auto" })} />
                    </td>
                  ))}
                </tr>
              ))}
            {before > 0 && <tr aria-hidden style={{ height: before }} />}
            {(shown ? shown.flatMap(({ index }) => lines[index] ?? []) : lines).map((row) => (
              <Line key={row.id} row={row} columns={columns} href={href} opens={opens} select={select} />
            ))}
            {after > 0 && <tr aria-hidden style={{ height: after }} />}
          </tbody>
        </table>
      </section>
      {footer && (
        <div className={classes.footer}>
          {footer}
          <ColumnMenu columns={choosable} hidden={hidden} onChange={hide} />
        </div>
      )}
    </Paper>
  );
}

function Head<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
}) {
  const t = useT("common");
  const isSorted = sort?.by === column.id;
  const order = isSorted ? (sort.down ? "descending" : "ascending") : undefined;
  const Arrow = !isSorted ? IconSelector : sort.down ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" data-align={column.align} aria-sort={order}>
      {column.sorts && onSort ? (
        <UnstyledButton
          className={classes.sort}
          data-on={isSorted || undefined}
          aria-label={t("sortBy", { column: column.header })}
          onClick={() => onSort({ by: column.id, down: isSorted ? !sort.down : true })}
        >
          {column.header}
          <Arrow size={13} aria-hidden />
        </UnstyledButton>
      ) : (
        column.header
      )}
    </th>
  );
}

function Line<T extends object>({
  row,
  columns,
  href,
  opens,
  select,
}: {
  row: Row<typeof features, T>;
  columns: Column<T>[];
  href: ((row: T) => string) | undefined;
  opens: boolean;
  select: Selection<T> | undefined;
}) {
  return (
    <tr data-link={href || opens ? true : undefined}>
      {select && (
        <td className={classes.select}>
          <Check
            label={select.label(row.original)}
            isOn={select.keys.has(row.id)}
            onChange={() => select.onToggle(row.id)}
          />
        </td>
      )}
      {row.getAllCells().map((cell, i) => {
        // Called, not mounted as a component of its own: a list that is loaded anew makes other functions, and an open menu in a row would shut.
        const content = columns[i]?.cell(row.original);
        return (
          <td key={cell.id} data-align={columns[i]?.align}>
            {i === 0 && href ? (
              <Link href={href(row.original)} className={classes.link} prefetch={false}>
                {content}
              </Link>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}
