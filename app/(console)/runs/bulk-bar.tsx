"use client";
import { Button, Group, Text, Tooltip } from "@mantine/core";
import { useState } from "react";
import type { RunLine } from "@/services/runs/run-line";
import { useT } from "../../_i18n/use-t";
import type { Wire } from "../../_ui/live/wire";
import { canBe, OperationDialog, VERBS, type Verb } from "./operation-dialog";

/** What can be done to the chosen runs, with to how many of them, or to all that the filter finds when none is chosen. */
export function BulkBar({
  chosen,
  journey,
  state,
  filter,
  onDone,
}: {
  chosen: Wire<RunLine>[];
  /** The state that the filter asks for; `live` and `ended` are several. */
  state: string | null;
  /** The one journey they are of; undefined = several, or none is meant. */
  journey: string | undefined;
  filter: Record<string, unknown>;
  onDone(): void;
}) {
  const t = useT("lifecycle");
  const [verb, setVerb] = useState<Verb | undefined>();
  if (chosen.length === 0 && journey === undefined) return null;
  const reached = (one: Verb) => chosen.filter((run) => canBe(one, run.state)).length;
  const states = STATES[state ?? ""] ?? (state === null ? undefined : [state]);
  const offered = (Object.keys(VERBS) as Verb[]).filter((one) =>
    chosen.length > 0 ? reached(one) > 0 : !states || states.some((of) => canBe(one, of)),
  );
  if (chosen.length === 0 && offered.length === 0) return null;
  return (
    <Group mb="sm" gap="xs" role="toolbar" aria-label={t("selected", { count: chosen.length })} data-testid="bulk">
      <Text size="sm" fw={550}>
        {chosen.length > 0 ? t("selected", { count: chosen.length }) : t("allThatFit")}
      </Text>
      {offered.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("nothingToDo")}
        </Text>
      )}
      {offered.map((one) => (
        <Tooltip key={one} label={t("onlyOneJourney")} disabled={journey !== undefined}>
          <Button
            size="compact-sm"
            variant="default"
            disabled={journey === undefined}
            onClick={() => setVerb(one)}
            data-testid={`bulk-${one}`}
          >
            {chosen.length > 0 ? t("ofMany", { verb: t(VERBS[one]), count: reached(one) }) : t(VERBS[one])}
          </Button>
        </Tooltip>
      ))}
      {verb && journey !== undefined && (
        <OperationDialog
          verb={verb}
          filter={{ journey, ...(chosen.length > 0 ? { runs: chosen.map(({ id }) => id) } : filter) }}
          onClose={() => {
            setVerb(undefined);
            onDone();
          }}
        />
      )}
    </Group>
  );
}

/** Of `ended` nothing is offered unchosen: no operation takes that for a filter. */
const STATES: Record<string, readonly string[]> = { live: ["ready", "parked"], ended: [] };
