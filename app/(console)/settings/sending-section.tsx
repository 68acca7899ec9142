"use client";
import { Alert, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter } from "use-intl";
import type { SendingView } from "@/services/messages/sending";
import { useT } from "../../_i18n/use-t";
import { ErrorPanel, useProblem } from "../../_ui/error-panel";
import { KeyValue } from "../../_ui/key-value";
import type { Wire } from "../../_ui/live/wire";
import { CardSkeleton } from "../../_ui/table/skeletons";
import { useApi, useMay } from "../../_ui/workspace";
import { SendingForm } from "./sending-form";
import classes from "./settings.module.css";

type Sending = Wire<SendingView>;
const KEY = ["sending"];

/** The switch that stops every send, the rules of promotions, and how the providers are. */
export function SendingSection() {
  const t = useT("sending");
  const api = useApi();
  const { data, error } = useQuery({
    queryKey: KEY,
    refetchInterval: 10_000,
    queryFn: ({ signal }) => api.get<Sending>("/sending", {}, signal),
  });
  return (
    <Paper withBorder p="lg" component="section" className={classes.card}>
      <Title order={2}>{t("title")}</Title>
      <Text size="sm" c="dimmed" mb="md">
        {t("lead")}
      </Text>
      {error ? (
        <ErrorPanel error={error} />
      ) : !data ? (
        <CardSkeleton lines={6} />
      ) : (
        <Stack gap="lg">
          <Switch sending={data} />
          <Providers providers={data.providers} />
          <SendingForm initial={data.settings} spent={data.spentThisMonth} />
        </Stack>
      )}
    </Paper>
  );
}

function Switch({ sending }: { sending: Sending }) {
  const t = useT("sending");
  const api = useApi();
  const may = useMay("message.write");
  const format = useFormatter();
  const queries = useQueryClient();
  const problem = useProblem();
  const [reason, setReason] = useState("");
  const [isBusy, setBusy] = useState(false);
  const turn = async (path: "stop" | "resume", body: object) => {
    setBusy(true);
    try {
      await api.post(`/sending/${path}`, body);
      setReason("");
      notifications.show({ message: t(path === "stop" ? "isStopped" : "isResumed") });
      await queries.invalidateQueries({ queryKey: KEY });
    } catch (error) {
      const { title, says } = problem(error);
      notifications.show({ color: "red", title, message: says });
    } finally {
      setBusy(false);
    }
  };
  if (sending.isStopped)
    return (
      <Alert color="red" variant="light" className={classes.alert}>
        <Group justify="space-between">
          <Text size="sm">
            {t("stopped", {
              at: sending.at ? format.dateTime(new Date(sending.at), { dateStyle: "medium", timeStyle: "short" }) : "",
              reason: sending.reason ?? "",
            })}
          </Text>
          {may && (
            <Button loading={isBusy} onClick={() => void turn("resume", {})}>
              {t("resume")}
            </Button>
          )}
        </Group>
      </Alert>
    );
  if (!may) return <Text size="sm">{t("running")}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void turn("stop", { reason: reason.trim() });
      }}
    >
      <Group align="flex-end">
        <TextInput
          flex={1}
          label={t("why")}
          description={t("stopHint")}
          value={reason}
          maxLength={300}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
        <Button type="submit" color="red" variant="light" loading={isBusy} disabled={!reason.trim()}>
          {t("stop")}
        </Button>
      </Group>
    </form>
  );
}

function Providers({ providers }: { providers: Sending["providers"] }) {
  const t = useT("sending");
  const format = useFormatter();
  return (
    <KeyValue
      facts={providers.map(({ name, isOpen, openUntil, perSecond, reason }) => [
        name,
        [
          isOpen && openUntil
            ? t("open", { at: format.dateTime(new Date(openUntil), { timeStyle: "medium" }) })
            : t("fine"),
          ...(isOpen && reason ? [reason] : []),
          ...(perSecond === null ? [] : [t("perSecond", { rate: String(perSecond) })]),
        ].join(" · "),
      ])}
    />
  );
}
