"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { ONE_TIME_DAYS } from "@/core/policy/one-time-password";
import { useT } from "../../../_i18n/use-t";
import { CopyField } from "../../../_ui/fields/copy-field";
import { KeyValue } from "../../../_ui/fields/key-value";
import { Dialog } from "../../../_ui/page/dialog";

export type OneTime = {
  name: string;
  email: string /** null: they keep the one they have. */;
  password: string | null;
};

/** Shows a one-time password, once. */
export function PasswordOnce({ of, onClose }: { of: OneTime | undefined; onClose(): void }) {
  const t = useT("team");
  return (
    <Dialog opened={of !== undefined} onClose={onClose} title={of && t("letInTitle", { name: of.name })}>
      {of && (
        <Stack data-testid="password-once">
          <Text size="sm">{of.password === null ? t("keepsOwn") : t("tellOnce", { days: String(ONE_TIME_DAYS) })}</Text>
          <KeyValue
            facts={[
              [t("email"), <CopyField key="e" value={of.email} label={t("email")} />],
              [
                t("password"),
                of.password ? <CopyField key="p" value={of.password} label={t("password")} /> : undefined,
              ],
            ]}
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("told")}</Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
