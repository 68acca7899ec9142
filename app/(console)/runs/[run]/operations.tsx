"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { Dialog } from "../../../_ui/page/dialog";
import { useProblem } from "../../../_ui/page/error-panel";
import { useApi, useMay } from "../../../_ui/workspace";
import { StepSelect } from "../operation-dialog";
import type { RunDetail } from "./run-detail";

/** Wake, move, retry, take out: what its state and its journey's allow. */
export function Operations({ run, onDone }: { run: RunDetail; onDone(): void }) {
  const t = useT("lifecycle");
  const may = useMay("run.write");
  const api = useApi();
  const problem = useProblem();
  const [isMoving, setMoving] = useState(false);
  const [to, setTo] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | undefined>();
  const isLive = run.state === "ready" || run.state === "parked";
  if (!may || run.isClosed || !(isLive || run.state === "failed")) return null;
  const act = async (verb: string, body: object = {}) => {
    setBusy(verb);
    try {
      await api.post(`/runs/${run.id}/${verb}`, body);
      notifications.show({ message: t("done"), autoClose: 3000 });
      setMoving(false);
      onDone();
    } catch (error) {
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
    } finally {
      setBusy(undefined);
    }
  };
  const button = (verb: string, text: string, act: () => void, isNext = false) => (
    <Button variant={isNext ? "filled" : "default"} loading={busy === verb} onClick={act} data-testid={`run-${verb}`}>
      {text}
    </Button>
  );
  return (
    <>
      {run.state === "parked" && run.dueAt && button("wake", t("wake"), () => void act("wake"))}
      {run.state === "failed" && button("retry", t("retry"), () => void act("retry"), true)}
      {button("move", t("move"), () => setMoving(true))}
      {isLive && button("exit", t("takeOut"), () => void act("exit"))}
      {isMoving && (
        <Dialog opened onClose={() => setMoving(false)} title={t("title.move")} zIndex={300}>
          <Stack gap="md">
            <Text size="sm">{t("moveHint")}</Text>
            <StepSelect journey={run.journey} value={to} onChange={setTo} />
            <Group justify="flex-end">
              <Button
                disabled={to === null}
                loading={busy === "move"}
                onClick={() => void act("move", { to })}
                data-testid="move-now"
              >
                {t("title.move")}
              </Button>
            </Group>
          </Stack>
        </Dialog>
      )}
    </>
  );
}
