"use client";
import { Button, Group, Select, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useLocale } from "use-intl";
import { catalogue, EVENT_NAMES } from "@/core/events/catalogue";
import { CAUSES, causeNames } from "@/core/events/letter-cause";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { useEventName } from "../../_ui/loyalty/event-name";
import { EmptyState } from "../../_ui/page/empty-state";
import { BulkBar, BulkRoom } from "../../_ui/table/bulk-bar";
import { type Column, DataTable } from "../../_ui/table/data-table";
import filterBar from "../../_ui/table/filter-bar.module.css";
import { ListError } from "../../_ui/table/list-error";
import { ListFooter } from "../../_ui/table/list-footer";
import { PeriodSelect } from "../../_ui/table/period-select";
import { SearchInput } from "../../_ui/table/search-input";
import { toggled } from "../../_ui/table/toggled";
import { useFilters } from "../../_ui/table/use-filters";
import { type Page, useList } from "../../_ui/table/use-list";
import { When } from "../../_ui/time/when";
import { useMay } from "../../_ui/workspace";
import { Views } from "../_components/views/views";
import { AsideDialog } from "./aside-dialog";
import classes from "./events.module.css";
import { LETTER_FILTERS } from "./filters";
import { JudgeDialog } from "./judge-dialog";
import type { Letter } from "./letter";
import { LetterDrawer } from "./letter-drawer";
import { lettersQuery } from "./letters-query";
import { useTakingBack } from "./use-take-back";
import { Whose } from "./whose";

/** What could not be used, with the reason; one opens to be read and corrected, what failed inside can be judged again. */
export function Rejected({ initial }: { initial?: { page: Page<Letter>; query: Query } }) {
  const t = useT("events");
  const words = useT("letters");
  const common = useT("common");
  const locale = useLocale();
  const eventName = useEventName();
  const mayWrite = useMay("event.write");
  const [{ letter: open, view, ...filters }, setFilters] = useFilters([...LETTER_FILTERS, "letter", "view"]);
  const state = filters.state ?? "open";
  const query = lettersQuery(filters);
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Letter>("/dead-letters", query, {
    ...(initial && { initial }),
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<"judge" | "aside">();
  const takeBack = useTakingBack(() => {
    setChosen(new Set());
    void refetch();
  });
  const picked = (rows ?? []).filter(({ id }) => chosen.has(id));
  const meant = picked.length > 0 ? { letters: picked.map(({ id }) => id) } : without(filters);
  // What stands further down the list may be judged though nothing in sight is.
  const mayJudge =
    picked.length > 0 ? picked.some((one) => one.mayJudge) : hasMore || rows?.some((one) => one.mayJudge);
  const areSends = picked.length > 0 ? picked.every(({ kind }) => kind === "send") : filters.kind === "send";
  const answered = () => {
    setAsking(undefined);
    setChosen(new Set());
    void refetch();
  };
  const narrowing = LETTER_FILTERS.filter((name) => name !== "state" && name !== "order" && filters[name] !== null);
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
            <code>{[letter.name, letter.order].filter(Boolean).join(" · ")}</code>
          </button>
        ),
      },
      { id: "why", header: words("why"), cell: (letter) => <div className={classes.why}>{letter.says[locale]}</div> },
      {
        id: "who",
        header: t("who"),
        width: "11rem",
        cell: (letter) => <Whose letter={letter} isShort />,
      },
      { id: "at", header: words("received"), width: "9rem", sorts: true, cell: (letter) => <When at={letter.at} /> },
      {
        id: "done",
        header: words("state"),
        width: "9rem",
        cell: (letter) => (
          <Text size="xs" c="dimmed">
            {letter.replayedAt !== null
              ? words(letter.correctedAs ? "correctedAs" : letter.kind === "send" ? "sentAgain" : "judgedAgain")
              : letter.setAside
                ? `${words("setAside")} · ${letter.setAside.why}`
                : words("open")}
          </Text>
        ),
      },
    ],
    [t, words, eventName, locale, setFilters],
  );
  return (
    <>
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <Views screen="letters" filters={filters} view={view} onChange={setFilters} />
        <Select
          aria-label={words("state")}
          allowDeselect={false}
          miw={104}
          value={state}
          onChange={(next) => setFilters({ state: next === "open" ? null : next })}
          data={[
            { value: "open", label: words("open") },
            { value: "closed", label: words("closed") },
            { value: "set_aside", label: words("setAside") },
            { value: "all", label: words("everyState") },
          ]}
        />
        <SearchInput label={words("search")} value={filters.q} onChange={(q) => setFilters({ q })} w={190} />
        <Select
          aria-label={words("kind")}
          placeholder={words("anyKind")}
          clearable
          miw={104}
          value={filters.kind}
          onChange={(kind) => setFilters({ kind })}
          data={[
            { value: "event", label: words("events") },
            { value: "send", label: words("sends") },
          ]}
        />
        <Select
          aria-label={words("cause")}
          placeholder={words("anyCause")}
          clearable
          miw={104}
          value={filters.cause}
          onChange={(cause) => setFilters({ cause })}
          data={CAUSES.map((value) => ({ value, label: causeNames[value][locale] }))}
        />
        <Select
          aria-label={t("name")}
          placeholder={t("anyName")}
          clearable
          searchable
          miw={104}
          value={filters.name}
          onChange={(name) => setFilters({ name })}
          data={EVENT_NAMES.map((value) => ({ value, label: catalogue[value].name[locale] }))}
        />
        <PeriodSelect label={words("received")} period={filters} onChange={setFilters} />
      </Group>
      {mayWrite && (state === "open" || state === "all") && rows === undefined && !error && <BulkRoom />}
      {mayWrite && state !== "closed" && (rows?.length ?? 0) > 0 && (state !== "set_aside" || picked.length > 0) && (
        <BulkBar
          says={picked.length > 0 ? words("chosen", { count: picked.length }) : words("allFound")}
          isChosen={picked.length > 0}
          hasPlace={state !== "set_aside"}
          testId="letters-bulk"
          onClear={() => setChosen(new Set())}
        >
          {state === "set_aside" ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void takeBack(picked.map(({ id }) => id))}
              data-testid="take-back"
            >
              {words("takeBack")}
            </Button>
          ) : (
            <>
              {mayJudge && (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setAsking("judge")}
                  data-testid="judge-again"
                >
                  {words(areSends ? "sendAgain" : "judge")}
                </Button>
              )}
              <Button size="compact-sm" variant="default" onClick={() => setAsking("aside")} data-testid="set-aside">
                {words("aside")}
              </Button>
            </>
          )}
        </BulkBar>
      )}
      {error ? (
        <ListError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("rejected")}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          opens
          isStale={isStale}
          expect={3}
          sort={{ by: "at", down: filters.order !== "asc" }}
          onSort={({ down }) => setFilters({ order: down ? null : "asc" })}
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
                    onClick={() =>
                      setFilters({
                        kind: null,
                        cause: null,
                        name: null,
                        q: null,
                        within: null,
                        from: null,
                        to: null,
                        view: null,
                      })
                    }
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
          footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
      {asking === "judge" && <JudgeDialog filter={meant} areSends={areSends} onClose={answered} />}
      {asking === "aside" && (
        <AsideDialog filter={meant} areSends={areSends} onDone={() => void refetch()} onClose={answered} />
      )}
      <LetterDrawer id={open} onClose={() => setFilters({ letter: null })} onDone={() => void refetch()} />
    </>
  );
}

/** The filters that are set, as the API takes them for many: whether something was done about a letter is its own business. */
function without({ state: _, order: __, ...filters }: Record<(typeof LETTER_FILTERS)[number], string | null>) {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null));
}
