"use client";
import { Button, Text, Tooltip } from "@mantine/core";
import { useState } from "react";
import type { RunLine } from "@/services/runs/run-line";
import { useT } from "../../_i18n/use-t";
import type { Wire } from "../../_ui/live/wire";
import { BulkBar } from "../../_ui/table/bulk-bar";
import { canBe, OperationDialog, VERBS, type Verb } from "./operation-dialog";

/** What can be done to the chosen runs, with to how many of them, or to all that the filter finds when none is chosen. */
export function RunsBar({
  chosen,
  journey,
  state,
  filter,
  onClear,
  onDone,
}: {
  chosen: Wire<RunLine>[];
  /** The one journey that is filtered by. */
  journey: string | null;
  /** The state that the filter asks for; `live` and `ended` are several. */
  state: string | null;
  /** What all that the filters find are; undefined = no operation takes these filters. */
  filter: Record<string, unknown> | undefined;
  onClear(): void;
  onDone(): void;
}) {
  const t = useT("lifecycle");
  const [verb, setVerb] = useState<Verb | undefined>();
  const isChosen = chosen.length > 0;
  const states = STATES[state ?? ""] ?? (state === null ? undefined : [state]);
  const toAll = filter && journey !== null ? ALL.filter((one) => !states || states.some((of) => canBe(one, of))) : [];
  const reached = (one: Verb) => chosen.filter((run) => !run.isClosed && canBe(one, run.state)).length;
  const offered = isChosen ? ALL.filter((one) => reached(one) > 0) : toAll;
  const journeys = new Set(chosen.map((run) => run.journey));
  const of = isChosen ? (journeys.size === 1 ? chosen[0]?.journey : undefined) : (journey ?? undefined);
  if (!isChosen && toAll.length === 0) return null;
  return (
    <BulkBar
      says={isChosen ? t("selected", { count: chosen.length }) : t("allThatFit")}
      isChosen={isChosen}
      hasPlace={toAll.length > 0}
      testId="bulk"
      onClear={onClear}
    >
      {offered.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("nothingToDo")}
        </Text>
      )}
      {offered.map((one) => (
        <Tooltip key={one} label={t("onlyOneJourney")} disabled={of !== undefined}>
          <Button
            size="compact-sm"
            variant="default"
            disabled={of === undefined}
            onClick={() => setVerb(one)}
            data-testid={`bulk-${one}`}
          >
            {isChosen ? t("ofMany", { verb: t(`title.${one}`), count: reached(one) }) : t(VERBS[one])}
          </Button>
        </Tooltip>
      ))}
      {verb && of !== undefined && (
        <OperationDialog
          verb={verb}
          filter={{ journey: of, ...(isChosen ? { runs: chosen.map(({ id }) => id) } : filter) }}
          onClose={() => {
            setVerb(undefined);
            onDone();
          }}
        />
      )}
    </BulkBar>
  );
}

const ALL = Object.keys(VERBS) as Verb[];

/** Of `ended` nothing is offered unchosen: no operation takes that for a filter. */
const STATES: Record<string, readonly string[]> = { live: ["ready", "parked"], ended: [] };
