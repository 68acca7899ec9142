"use client";
import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { type Api, ApiError } from "../../_ui/api";
import { ErrorPanel } from "../../_ui/page/error-panel";

const SHORTEST = 10;

/** Changes one's own password and signs the other sessions out. */
export function PasswordForm({ client, onChanged }: { client: Api; onChanged(): void }) {
  const t = useT("settings");
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const isWrong = failed instanceof ApiError && failed.path === "currentPassword";

  const change = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(undefined);
    try {
      await client.post("//api/auth/change-password", {
        currentPassword: current,
        newPassword: next,
        revokeOtherSessions: true,
      });
      notifications.show({ message: t("changed") });
      setCurrent("");
      setNext("");
      onChanged();
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void change(event)}>
      <Stack>
        <PasswordInput
          label={t("current")}
          autoComplete="current-password"
          value={current}
          onChange={(e) => setCurrent(e.currentTarget.value)}
          error={isWrong && t("wrong")}
        />
        <PasswordInput
          label={t("next")}
          description={t("nextHint")}
          autoComplete="new-password"
          value={next}
          onChange={(e) => setNext(e.currentTarget.value)}
          error={next.length > 0 && next.length < SHORTEST && t("short")}
        />
        {failed !== undefined && !isWrong && <ErrorPanel error={failed} />}
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={isBusy} disabled={!current || next.length < SHORTEST}>
            {t("change")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
