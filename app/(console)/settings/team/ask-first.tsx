"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import type { Person } from "@/services/access/people/person";
import { useT } from "../../../_i18n/use-t";
import type { Wire } from "../../../_ui/live/wire";
import { Dialog } from "../../../_ui/page/dialog";

/** What ends a colleague's sessions, and whose. */
export type Asked = { what: "takeOut" | "newPassword"; of: Wire<Person> };

const SAYS = {
  takeOut: { title: "takeOutTitle", hint: "takeOutHint", sure: "takeOut" },
  newPassword: { title: "newPasswordTitle", hint: "newPasswordHint", sure: "newPasswordSure" },
} as const;

/** Asks before a colleague is signed out everywhere, which nothing takes back. */
export function AskFirst({
  asked,
  onClose,
  onSure,
}: {
  asked: Asked | undefined;
  onClose(): void;
  onSure(asked: Asked): void;
}) {
  const t = useT("team");
  const common = useT("common");
  if (!asked) return null;
  const { title, hint, sure } = SAYS[asked.what];
  return (
    <Dialog opened onClose={onClose} title={t(title, { name: asked.of.name })}>
      <Stack>
        <Text size="sm">{t(hint, { name: asked.of.name })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button onClick={() => onSure(asked)}>{t(sure)}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
