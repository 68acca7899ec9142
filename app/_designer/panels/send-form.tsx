"use client";
import { Button, Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { atLocal } from "@/core/time/local-time";
import { useT } from "../../_i18n/use-t";
import { useWorkspace } from "../../_ui/workspace";
import { useAudience } from "../live/figures/use-audience";

/** Asks when a broadcast begins, and tells whom it reaches. */
export function SendForm({
  isDirty,
  onSend,
  onClose,
}: {
  /** The draft differs from what is published: its audience may be another. */
  isDirty: boolean;
  onSend(at: Date | undefined): Promise<void>;
  onClose(): void;
}) {
  const t = useT("designerBroadcasts");
  const { timeZone } = useWorkspace();
  const audience = useAudience(!isDirty);
  const [when, setWhen] = useState<"now" | "later">("now");
  const [text, setText] = useState("");
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const at = instantOf(text, timeZone);
  const isWrong = when === "later" && (at === undefined || at.getTime() <= Date.now());
  const send = async () => {
    setTried(true);
    if (isWrong) return;
    setBusy(true);
    await onSend(when === "now" ? undefined : at);
    setBusy(false);
  };
  return (
    <Stack gap="xs" data-testid="broadcast-form">
      <SegmentedControl
        size="xs"
        aria-label={t("when")}
        value={when}
        onChange={(next) => setWhen(next === "later" ? "later" : "now")}
        data={[
          { value: "now", label: t("now") },
          { value: "later", label: t("later") },
        ]}
      />
      {when === "later" && (
        <TextInput
          size="xs"
          type="datetime-local"
          label={t("at")}
          description={t("atHint", { zone: timeZone })}
          value={text}
          error={isTried && isWrong && t("needFuture")}
          data-testid="broadcast-at"
          onChange={(event) => setText(event.currentTarget.value.slice(0, 16))}
        />
      )}
      {audience?.count != null && (
        <Text size="xs" c="dimmed" role="status">
          {t("reaches", { count: audience.count })}
          {audience.isSegmentBuilding && ` ${t("building")}`}
        </Text>
      )}
      <Group gap={6} justify="flex-end">
        <Button size="xs" variant="default" onClick={onClose}>
          {t("cancelForm")}
        </Button>
        <Button size="xs" loading={isBusy} onClick={() => void send()} data-testid="broadcast-send">
          {t(when === "now" ? "send" : "plan")}
        </Button>
      </Group>
    </Stack>
  );
}

/** What the field holds, on the workspace's clocks; undefined while it is not whole. */
function instantOf(text: string, zone: string): Date | undefined {
  const at = new Date(atLocal(text.slice(0, 10), text.slice(11, 16), zone));
  return text.length < 16 || Number.isNaN(at.getTime()) ? undefined : at;
}
