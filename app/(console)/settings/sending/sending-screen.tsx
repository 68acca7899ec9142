"use client";
import { Alert, Button, Group, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import { KeyValue } from "../../../_ui/fields/key-value";
import { useProviderName } from "../../../_ui/names/use-provider-name";
import { ErrorPanel, useProblem } from "../../../_ui/page/error-panel";
import { CardSkeleton } from "../../../_ui/table/skeletons";
import { INSTANT } from "../../../_ui/time/instant";
import { useApi, useMay } from "../../../_ui/workspace";
import { Part } from "../part";
import classes from "../settings.module.css";
import { SENDING, type Sending, useSending } from "./use-sending";

/** The switch that stops every send, and how the providers are. */
export function SendingScreen() {
  const t = useT("sending");
  const { data, error } = useSending();
  return (
    <>
      <Part title={t("everySend")} lead={t("stopHint")}>
        {error ? <ErrorPanel error={error} /> : !data ? <CardSkeleton lines={2} /> : <Switch sending={data} />}
      </Part>
      {data && (
        <Part title={t("providers")}>
          <Providers providers={data.providers} />
        </Part>
      )}
    </>
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
      await queries.invalidateQueries({ queryKey: SENDING });
    } catch (error) {
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
    } finally {
      setBusy(false);
    }
  };
  if (sending.isStopped)
    return (
      <Alert color="danger" variant="light" className={classes.alert}>
        <Group justify="space-between">
          <Text size="sm">
            {t("stopped", {
              at: sending.at ? format.dateTime(new Date(sending.at), INSTANT) : "",
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
          value={reason}
          maxLength={300}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
        <Button type="submit" color="danger" variant="light" loading={isBusy} disabled={!reason.trim()}>
          {t("stop")}
        </Button>
      </Group>
    </form>
  );
}

function Providers({ providers }: { providers: Sending["providers"] }) {
  const t = useT("sending");
  const format = useFormatter();
  const providerName = useProviderName();
  return (
    <KeyValue
      facts={providers.map(({ name, isSandbox, isOpen, openUntil, perSecond, reason }) => [
        providerName(name),
        [
          isOpen && openUntil
            ? t("open", { at: format.dateTime(new Date(openUntil), { timeStyle: "medium", hourCycle: "h23" }) })
            : t("fine"),
          ...(isSandbox ? [t("sandbox")] : []),
          ...(isOpen && reason ? [reason] : []),
          ...(perSecond === null ? [] : [t("perSecond", { rate: String(perSecond) })]),
        ].join(" · "),
      ])}
    />
  );
}
