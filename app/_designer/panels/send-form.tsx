"use client";
import { Button, Group, Radio, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { atLocal } from "@/core/time/local-time";
import { useT } from "../../_i18n/use-t";
import { MomentInput } from "../../_ui/time/moment-input";
import { When } from "../../_ui/time/when";
import { useWorkspace } from "../../_ui/workspace";
import type { Broadcast } from "../live/figures/broadcast";
import { useAudience } from "../live/figures/use-audience";

/** What becomes of the broadcasts that wait for an instant to come. */
export type Planned = "keep" | "replace";

/** Asks when a broadcast begins, and tells whom it reaches. */
export function SendForm({
  isDirty,
  planned,
  onSend,
  onClose,
}: {
  /** The draft differs from what is published: its audience may be another. */
  isDirty: boolean;
  /** The next that waits for an instant to come, where one does. */
  planned: Broadcast | undefined;
  /** `at`: undefined = now. */
  onSend(at: Date | undefined, planned: Planned): Promise<void>;
  onClose(): void;
}) {
  const t = useT("designerBroadcasts");
  const { timeZone } = useWorkspace();
  const audience = useAudience(!isDirty);
  const [when, setWhen] = useState<"now" | "later">("now");
  const [becomes, setBecomes] = useState<Planned>("replace");
  const [text, setText] = useState("");
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const at = instantOf(text, timeZone);
  const isWrong = when === "later" && (at === undefined || at.getTime() <= Date.now());
  const send = async () => {
    setTried(true);
    if (isWrong) return;
    setBusy(true);
    await onSend(when === "now" ? undefined : at, when === "now" ? becomes : "keep");
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
        <MomentInput
          size="xs"
          label={t("at")}
          description={t("atHint", { zone: timeZone })}
          value={text}
          error={isTried && isWrong && t("needFuture")}
          data-testid="broadcast-at"
          onChange={setText}
        />
      )}
      {when === "now" && planned && (
        <Radio.Group
          size="xs"
          label={
            <>
              {t("plannedFor")} <When at={planned.startsAt} exact />
            </>
          }
          value={becomes}
          onChange={(next) => setBecomes(next === "keep" ? "keep" : "replace")}
          data-testid="broadcast-planned"
        >
          <Stack gap={4} mt={4}>
            <Radio size="xs" value="replace" label={t("replacePlanned")} />
            <Radio size="xs" value="keep" label={t("keepPlanned")} />
          </Stack>
        </Radio.Group>
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
