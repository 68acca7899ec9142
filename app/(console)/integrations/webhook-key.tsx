"use client";
import { Button, Group, Paper, Select, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useFormatter } from "use-intl";
import { useT } from "../../_i18n/use-t";
import { CopyField } from "../../_ui/fields/copy-field";
import { Dialog } from "../../_ui/page/dialog";
import { useProblem } from "../../_ui/page/error-panel";
import { INSTANT } from "../../_ui/time/instant";
import { useApi } from "../../_ui/workspace";
import { VERIFY } from "./verify-text";

type Shown = { secret: string; rotatedAt: string | null; oldUntil: string | null };
const KEEP = { "0": "keepNone", "24": "keepDay", "168": "keepWeek" } as const;

/** The key that signs webhooks: shown when asked for, since each look is audited, and replaced with a time of both. */
export function WebhookKey() {
  const t = useT("integrations");
  const common = useT("common");
  const format = useFormatter();
  const api = useApi();
  const problem = useProblem();
  const [shown, setShown] = useState<Shown>();
  const [isAsking, setAsking] = useState(false);
  const [keep, setKeep] = useState<keyof typeof KEEP>("24");
  const [busy, setBusy] = useState<"show" | "rotate">();
  const ask = async (what: "show" | "rotate") => {
    setBusy(what);
    try {
      setShown(
        what === "show"
          ? await api.post<Shown>("/webhooks/secret")
          : await api.post<Shown>("/webhooks/secret/rotate", { keepOldHours: Number(keep) }),
      );
      if (what === "rotate") {
        setAsking(false);
        notifications.show({ message: t("rotatedDone") });
      }
    } catch (error) {
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
    } finally {
      setBusy(undefined);
    }
  };
  const at = (instant: string) => format.dateTime(new Date(instant), INSTANT);
  return (
    <section aria-labelledby="webhook-key">
      <Group justify="space-between" mt="xl" mb="sm" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} id="webhook-key">
            {t("webhooks")}
          </Title>
          <Text size="sm" c="dimmed" maw="68ch">
            {t("webhooksLead")}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          {shown ? (
            <Button variant="default" onClick={() => setShown(undefined)}>
              {t("hideKey")}
            </Button>
          ) : (
            <Button variant="default" loading={busy === "show"} onClick={() => void ask("show")} data-testid="show-key">
              {t("showKey")}
            </Button>
          )}
          <Button variant="default" onClick={() => setAsking(true)} data-testid="rotate-key">
            {t("rotateKey")}
          </Button>
        </Group>
      </Group>
      <Paper withBorder p="md" bg="var(--raised)">
        <Stack gap="sm">
          {shown && (
            <div>
              <CopyField block value={shown.secret} label={t("webhooks")} />
              <Text size="xs" c="dimmed" mt={4}>
                {shown.rotatedAt ? t("rotatedAt", { at: at(shown.rotatedAt) }) : t("neverRotated")}
                {shown.oldUntil && ` · ${t("oldUntil", { at: at(shown.oldUntil) })}`}
              </Text>
            </div>
          )}
          <Text size="sm" fw={600}>
            {t("verify")}
          </Text>
          <CopyField block value={VERIFY} label={t("verify")} />
        </Stack>
      </Paper>
      <Dialog opened={isAsking} onClose={() => setAsking(false)} title={t("rotateTitle")}>
        <Stack>
          <Text size="sm">{t("rotateHint")}</Text>
          <Select
            label={t("keepOld")}
            allowDeselect={false}
            value={keep}
            onChange={(hours) => {
              if (hours !== null && hours in KEEP) setKeep(hours as keyof typeof KEEP);
            }}
            data={Object.entries(KEEP).map(([value, key]) => ({ value, label: t(key) }))}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {common("cancel")}
            </Button>
            <Button loading={busy === "rotate"} onClick={() => void ask("rotate")} data-testid="rotate-now">
              {t("rotateKey")}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </section>
  );
}
