"use client";
import { Button, Group, Text, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { OperationDialog, VERBS, type Verb } from "./operation-dialog";

/** What can be done to the chosen runs, or to all that the filter finds when none is chosen. */
export function BulkBar({
  chosen,
  journey,
  filter,
  onDone,
}: {
  chosen: string[];
  /** The one journey they are of; undefined = several, or none is meant. */
  journey: string | undefined;
  filter: Record<string, unknown>;
  onDone(): void;
}) {
  const t = useT("lifecycle");
  const [verb, setVerb] = useState<Verb | undefined>();
  if (chosen.length === 0 && journey === undefined) return null;
  return (
    <Group mb="sm" gap="xs" role="toolbar" aria-label={t("selected", { count: chosen.length })} data-testid="bulk">
      <Text size="sm" fw={550}>
        {chosen.length > 0 ? t("selected", { count: chosen.length }) : t("allThatFit")}
      </Text>
      {(Object.keys(VERBS) as Verb[]).map((one) => (
        <Tooltip key={one} label={t("onlyOneJourney")} disabled={journey !== undefined}>
          <Button
            size="compact-sm"
            variant="default"
            disabled={journey === undefined}
            onClick={() => setVerb(one)}
            data-testid={`bulk-${one}`}
          >
            {t(VERBS[one])}
          </Button>
        </Tooltip>
      ))}
      {verb && journey !== undefined && (
        <OperationDialog
          verb={verb}
          filter={{ journey, ...(chosen.length > 0 ? { runs: chosen } : filter) }}
          onClose={() => {
            setVerb(undefined);
            onDone();
          }}
        />
      )}
    </Group>
  );
}
