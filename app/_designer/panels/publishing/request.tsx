"use client";
import { Button, Group, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { useProblem } from "../../../_ui/page/error-panel";
import { usePast } from "../../../_ui/time/use-past";
import type { Approval, JourneyApi } from "../../api";
import classes from "../../versions/versions.module.css";

/** What was asked of a second person last, and what can be answered: approve, send back with words, take back. */
export function PublishRequest({
  approval: { request, isMine, mayDecide },
  client,
  isSound,
  onApproved,
  onSettled,
}: {
  approval: Approval;
  client: JourneyApi;
  /** Nothing stands in the way of publishing. */
  isSound: boolean;
  onApproved(version: number): void;
  onSettled(): void;
}) {
  const t = useT("designerVersions");
  const problem = useProblem();
  const past = usePast();
  const [words, setWords] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);
  if (!request || (request.state !== "open" && request.state !== "rejected")) return null;
  const name = request.askedByName ?? t("somebody");
  const when = past(request.askedAt);
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
      onSettled();
    } catch (error) {
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
      onSettled();
    } finally {
      setBusy(false);
    }
  };
  const approve = () =>
    act(async () => {
      const { version } = await client.decide(request.id, "approved", "");
      if (version !== null) onApproved(version);
    });
  const reject = () =>
    act(async () => {
      await client.decide(request.id, "rejected", words?.trim() ?? "");
      notifications.show({ message: t("rejectedDone"), autoClose: 5000 });
    });
  const withdraw = () =>
    act(async () => {
      await client.withdraw(request.id);
      notifications.show({ message: t("withdrawn"), autoClose: 5000 });
    });

  if (request.state === "rejected")
    return (
      <section className={classes.request} data-testid="request-rejected">
        <p>{t("rejected", { name: request.decidedByName ?? t("somebody") })}</p>
        <p>
          <q>{request.words}</q>
        </p>
      </section>
    );
  return (
    <section className={classes.request} data-testid="request-open">
      <p>{isMine ? t("waiting", { when }) : t("waitingOf", { name, when })}</p>
      {request.note && (
        <p>
          <q>{request.note}</q>
        </p>
      )}
      {request.isOutdated && <p>{t("outdated")}</p>}
      {words !== undefined && (
        <Textarea
          label={t("rejectWords")}
          description={t("rejectNeeds")}
          autosize
          autoFocus
          minRows={2}
          maxRows={6}
          maxLength={2000}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      <Group justify="flex-end" gap={8}>
        {isMine && (
          <Button size="compact-sm" variant="default" loading={isBusy} onClick={() => void withdraw()}>
            {t("withdraw")}
          </Button>
        )}
        {mayDecide && words === undefined && (
          <>
            <Button size="compact-sm" variant="default" onClick={() => setWords("")} data-testid="reject">
              {t("reject")}
            </Button>
            <Button
              size="compact-sm"
              loading={isBusy}
              disabled={request.isOutdated || !isSound}
              onClick={() => void approve()}
              data-testid="approve"
            >
              {t("approve")}
            </Button>
          </>
        )}
        {mayDecide && words !== undefined && (
          <>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setWords(undefined)}>
              {t("cancel")}
            </Button>
            <Button
              size="compact-sm"
              loading={isBusy}
              disabled={!words.trim()}
              onClick={() => void reject()}
              data-testid="reject-now"
            >
              {t("reject")}
            </Button>
          </>
        )}
      </Group>
    </section>
  );
}
