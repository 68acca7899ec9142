"use client";
import { Button, Group, SegmentedControl, Select, Text } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useMemo, useState } from "react";
import { useLocale } from "use-intl";
import { catalogue, EVENT_NAMES } from "@/core/events/catalogue";
import { CAUSES, causeNames } from "@/core/events/letter-cause";
import { useT } from "../../_i18n/use-t";
import { EmptyState } from "../../_ui/empty-state";
import { ErrorPanel } from "../../_ui/error-panel";
import { useEventName } from "../../_ui/loyalty/event-name";
import { type Column, DataTable } from "../../_ui/table/data-table";
import { ListFooter } from "../../_ui/table/list-footer";
import { SearchInput } from "../../_ui/table/search-input";
import { toggled } from "../../_ui/table/toggled";
import { useFilters } from "../../_ui/table/use-filters";
import { useList } from "../../_ui/table/use-list";
import { When } from "../../_ui/when";
import { useMay } from "../../_ui/workspace";
import classes from "./events.module.css";
import { LETTER_FILTERS } from "./filters";
import { JudgeDialog } from "./judge-dialog";
import type { Letter } from "./letter";
import { LetterDrawer } from "./letter-drawer";

/** What could not be used, with the reason; one opens to be read and corrected, what stumbled inside can be judged again. */
export function Rejected() {
  const t = useT("events");
  const words = useT("letters");
  const common = useT("common");
  const locale = useLocale();
  const eventName = useEventName();
  const mayWrite = useMay("event.write");
  const [{ letter: open, ...filters }, setFilters] = useFilters([...LETTER_FILTERS, "letter"]);
  const state = filters.state ?? "open";
  const query = { ...filters, state: state === "all" ? null : state };
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Letter>("/dead-letters", query);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isJudging, setJudging] = useState(false);
  const picked = (rows ?? []).filter(({ id }) => chosen.has(id));
  const narrowing = LETTER_FILTERS.filter((name) => name !== "state" && filters[name] !== null);
  const nameOf = (letter: Letter) => (letter.name === null ? words("unnamed") : eventName(letter.name));

  const columns = useMemo<Column<Letter>[]>(
    () => [
      {
        id: "event",
        header: t("name"),
        width: "13rem",
        cell: (letter) => (
          <button type="button" className={classes.open} onClick={() => setFilters({ letter: letter.id })}>
            {letter.name === null ? words("unnamed") : eventName(letter.name)}
            <code>{letter.name}</code>
          </button>
        ),
      },
      { id: "why", header: words("why"), cell: (letter) => <div className={classes.why}>{letter.says[locale]}</div> },
      {
        id: "who",
        header: t("who"),
        width: "11rem",
        cell: (letter) => letter.memberName ?? letter.member?.slice(0, 13) ?? "—",
      },
      { id: "at", header: words("received"), width: "9rem", cell: (letter) => <When at={letter.at} /> },
      {
        id: "done",
        header: words("state"),
        width: "9rem",
        cell: (letter) => (
          <Text size="xs" c="dimmed">
            {letter.replayedAt === null ? "—" : words(letter.correctedAs ? "correctedAs" : "judgedAgain")}
          </Text>
        ),
      },
    ],
    [t, words, eventName, locale, setFilters],
  );
  return (
    <>
      <Group mb="md" gap="sm">
        <SegmentedControl
          aria-label={words("state")}
          value={state}
          onChange={(next) => setFilters({ state: next === "open" ? null : next })}
          data={[
            { value: "open", label: words("open") },
            { value: "closed", label: words("closed") },
            { value: "all", label: words("everyState") },
          ]}
        />
        <SearchInput label={words("search")} value={filters.q} onChange={(q) => setFilters({ q })} w={190} />
        <Select
          aria-label={words("cause")}
          placeholder={words("anyCause")}
          clearable
          w={150}
          value={filters.cause}
          onChange={(cause) => setFilters({ cause })}
          data={CAUSES.map((value) => ({ value, label: causeNames[value][locale] }))}
        />
        <Select
          aria-label={t("name")}
          placeholder={t("anyName")}
          clearable
          searchable
          w={150}
          value={filters.name}
          onChange={(name) => setFilters({ name })}
          data={EVENT_NAMES.map((value) => ({ value, label: catalogue[value].name[locale] }))}
        />
        {(["from", "to"] as const).map((end) => (
          <DateInput
            key={end}
            aria-label={words(end)}
            placeholder={words(end)}
            clearable
            w={122}
            value={filters[end]}
            onChange={(day) => setFilters({ [end]: day })}
          />
        ))}
      </Group>
      {mayWrite && state !== "closed" && (rows?.length ?? 0) > 0 && (
        <Group mb="sm" gap="xs" role="toolbar" aria-label={words("judge")} data-testid="letters-bulk">
          <Text size="sm" fw={550}>
            {picked.length > 0 ? words("chosen", { count: picked.length }) : words("allFound")}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => setJudging(true)} data-testid="judge-again">
            {words("judge")}
          </Button>
        </Group>
      )}
      {error ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("rejected")}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          isStale={isStale}
          expect={3}
          {...(mayWrite &&
            state !== "closed" && {
              select: {
                keys: chosen,
                onToggle: (key: string) => setChosen(toggled(chosen, key)),
                onAll: (keys: string[]) => setChosen(new Set(keys)),
                label: (letter: Letter) => words("select", { name: nameOf(letter) }),
                allLabel: words("selectAll"),
              },
            })}
          empty={
            narrowing.length > 0 ? (
              <EmptyState
                icon="search"
                title={words("noneFound")}
                action={
                  <Button
                    variant="default"
                    onClick={() => setFilters({ cause: null, name: null, q: null, from: null, to: null })}
                  >
                    {common("clearFilters")}
                  </Button>
                }
              >
                {common("noMatchHint")}
              </EmptyState>
            ) : (
              <EmptyState icon="check" title={t("noneRejected")}>
                {t("noneRejectedHint")}
              </EmptyState>
            )
          }
          footer={<ListFooter count={rows?.length ?? 0} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
      {isJudging && (
        <JudgeDialog
          filter={picked.length > 0 ? { letters: picked.map(({ id }) => id) } : without(filters)}
          onClose={() => {
            setJudging(false);
            setChosen(new Set());
            void refetch();
          }}
        />
      )}
      <LetterDrawer id={open} onClose={() => setFilters({ letter: null })} onDone={() => void refetch()} />
    </>
  );
}

/** The filters that are set, as the API takes them for many: whether something was done about a letter is its own business. */
function without({ state: _, ...filters }: Record<(typeof LETTER_FILTERS)[number], string | null>) {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null));
}
