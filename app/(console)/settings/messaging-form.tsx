"use client";
import { Fieldset, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { MessagingSettings } from "@/core/message/settings";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { CardSkeleton } from "../../_ui/table/skeletons";
import { useApi, useMay } from "../../_ui/workspace";
import { Part } from "./part";
import { SaveForm } from "./save-form";
import { SENDING, type Sending, useSending } from "./sending/use-sending";

export type Fields = {
  values: MessagingSettings;
  change(part: Partial<MessagingSettings>): void;
  /** Of this month, minor units. */
  spent: number;
};
type Shown = {
  title: string;
  lead?: string;
  keys: readonly (keyof MessagingSettings)[];
  children(fields: Fields): ReactNode;
};

/** A card with some of the rules that messages pass, which it alone changes: what others saved meanwhile of the other rules stays. */
export function MessagingForm(shown: Shown) {
  const { data, error } = useSending();
  return (
    <Part title={shown.title} {...(shown.lead && { lead: shown.lead })}>
      {error ? <ErrorPanel error={error} /> : !data ? <CardSkeleton lines={5} /> : <Form {...shown} sending={data} />}
    </Part>
  );
}

function Form({ keys, children, sending }: Shown & { sending: Sending }) {
  const api = useApi();
  const queries = useQueryClient();
  const isReadOnly = !useMay("workspace.write");
  const [typed, setTyped] = useState<Partial<MessagingSettings>>({});
  const values: MessagingSettings = { ...sending.settings, ...typed };
  const isChanged = keys.some((key) => JSON.stringify(values[key]) !== JSON.stringify(sending.settings[key]));

  return (
    <SaveForm
      isChanged={isChanged}
      work={async () => {
        const latest = await api.get<Sending>("/sending");
        await api.patch("/workspace", { settings: { messaging: { ...latest.settings, ...typed } } });
        await queries.invalidateQueries({ queryKey: SENDING });
        setTyped({});
      }}
    >
      <Fieldset variant="unstyled" disabled={isReadOnly}>
        <Stack>
          {children({
            values,
            spent: sending.spentThisMonth,
            change: (part) => setTyped((now) => ({ ...now, ...part })),
          })}
        </Stack>
      </Fieldset>
    </SaveForm>
  );
}
