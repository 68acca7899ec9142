"use client";
import { Button, Group, Pill, SegmentedControl, Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useLocale } from "use-intl";
import { catalogue, EVENT_NAMES } from "@/core/events/catalogue";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { Icon } from "../../_ui/icons";
import { LiveDot } from "../../_ui/live/live-dot";
import { useLive } from "../../_ui/live/use-live";
import { PageHeader } from "../../_ui/page/page-header";
import { Badge } from "../../_ui/page/state-badge";
import filterBar from "../../_ui/table/filter-bar.module.css";
import { PeriodSelect } from "../../_ui/table/period-select";
import { SearchInput } from "../../_ui/table/search-input";
import { useFilters } from "../../_ui/table/use-filters";
import type { Page } from "../../_ui/table/use-list";
import { TestEvent } from "../../_ui/test-event/test-event";
import { useMay } from "../../_ui/workspace";
import { ExportLink } from "../_components/export-link";
import { Views } from "../_components/views/views";
import { Accepted } from "./accepted";
import type { AcceptedEvent } from "./accepted-event";
import { EVENT_FILTERS, LETTER_FILTERS } from "./filters";
import type { Letter } from "./letter";
import { lettersQuery } from "./letters-query";
import { Rejected } from "./rejected";

/** The two lists have filters of their own. */
const NO_FILTER = Object.fromEntries([...EVENT_FILTERS, ...LETTER_FILTERS, "view"].map((name) => [name, null]));

/** The event debugger: what came in, live; what was rejected and why; and a test event of one's own. */
export function EventsScreen({
  initial,
  letters,
}: {
  initial?: { page: Page<AcceptedEvent>; query: Query };
  /** The same of the rejected ones. */
  letters?: { page: Page<Letter>; query: Query };
}) {
  const t = useT("events");
  const locale = useLocale();
  const queries = useQueryClient();
  const [filters, setFilters] = useFilters([...EVENT_FILTERS, "show", "test", "event", "view"]);
  const mayTest = useMay("event.write");
  const [isPaused, setPaused] = useState(false);
  const isOpen = useLive(isPaused ? [] : ["events"], () => {
    void queries.invalidateQueries({ queryKey: ["/events"] });
    void queries.invalidateQueries({ queryKey: ["/dead-letters"] });
  });
  const pause = () => {
    setPaused(!isPaused);
    if (isPaused) void queries.invalidateQueries({ queryKey: ["/events"] });
  };
  const openEvent = useCallback((event: string | null) => setFilters({ event }), [setFilters]);
  const { name, member, q, within, from, to, order } = filters;
  const kept = { name, member, q, within, from, to, order };
  const isRejected = filters.show === "rejected";
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        badge={isPaused ? <Badge tone="warn">{t("paused")}</Badge> : <LiveDot isOpen={isOpen} />}
        actions={
          <>
            {isRejected ? <LettersExport /> : <ExportLink list="events" query={kept} />}
            <Button
              variant="default"
              leftSection={<Icon name={isPaused ? "play" : "pause"} size={16} />}
              aria-pressed={isPaused}
              onClick={pause}
              data-testid="pause"
            >
              {t(isPaused ? "goOn" : "pause")}
            </Button>
            {mayTest && (
              <Button leftSection={<Icon name="send" size={16} />} onClick={() => setFilters({ test: "order_paid" })}>
                {t("test")}
              </Button>
            )}
          </>
        }
      />
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <SegmentedControl
          aria-label={t("show")}
          size="sm"
          value={isRejected ? "rejected" : "accepted"}
          onChange={(show) => setFilters({ ...NO_FILTER, show: show === "rejected" ? show : null })}
          data={[
            { value: "accepted", label: t("accepted") },
            { value: "rejected", label: t("rejected") },
          ]}
        />
        {!isRejected && <Views screen="events" filters={kept} view={filters.view} onChange={setFilters} />}
        {!isRejected && (
          <Select
            aria-label={t("name")}
            placeholder={t("anyName")}
            clearable
            searchable
            miw={104}
            value={filters.name}
            onChange={(name) => setFilters({ name })}
            // What only our own ledgers tell goes to journeys, and is no event that was sent in.
            data={EVENT_NAMES.filter((value) => catalogue[value].from !== "ours" || value === filters.name).map(
              (value) => ({ value, label: catalogue[value].name[locale] }),
            )}
          />
        )}
        {!isRejected && <SearchInput label={t("search")} value={q} onChange={(q) => setFilters({ q })} w={200} />}
        {!isRejected && <PeriodSelect label={t("at")} period={{ within, from, to }} onChange={setFilters} />}
        {!isRejected && filters.member && (
          <Pill size="md" withRemoveButton onRemove={() => setFilters({ member: null })}>
            {t("memberOnly")}
          </Pill>
        )}
      </Group>
      {isRejected ? (
        <Rejected {...(letters && { initial: letters })} />
      ) : (
        <Accepted
          query={kept}
          onClear={
            [name, member, q, within, from, to].some((value) => value !== null)
              ? () => setFilters({ ...NO_FILTER, order })
              : undefined
          }
          onSort={(down) => setFilters({ order: down ? null : "asc" })}
          isPaused={isPaused}
          {...(initial && { initial })}
          open={filters.event}
          onOpen={openEvent}
          onTest={mayTest ? () => setFilters({ test: "order_paid" }) : undefined}
        />
      )}
      <TestEvent event={mayTest ? filters.test : null} onClose={() => setFilters({ test: null })} />
    </>
  );
}

function LettersExport() {
  const [filters] = useFilters(LETTER_FILTERS);
  return <ExportLink list="letters" query={lettersQuery(filters)} />;
}
